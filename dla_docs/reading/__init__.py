"""What a received file holds, whatever program wrote it: its texts, tables and fields, in order."""
