"""Word processor files (DOCX, ODT, RTF): taken as a flow of paragraphs and tables, laid out and read as pages."""
