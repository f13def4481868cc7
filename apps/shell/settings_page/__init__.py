"""The settings page, made from the schema: nothing stands here that the schema does not say."""
