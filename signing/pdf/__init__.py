"""The closing signature over a whole PDF file (docs/spec/report-pdf.md): its writer and its strict reader."""
