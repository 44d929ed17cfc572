"""Lists that people keep in a workbook, read into the files of a workspace (`dla import`)."""
