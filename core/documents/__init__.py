"""Documents: data laid out as PDF/A, and PDF files from outside counted, read and pictured in a child process."""
