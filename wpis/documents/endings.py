"""The endings of file names: those of the accepted types, and those that promise something else."""

from .verdicts import FileType

ENDINGS = {
    FileType.PDF: (".pdf",),
    FileType.JPEG: (".jpg", ".jpeg", ".jpe", ".jfif"),
    FileType.PNG: (".png",),
}

PROGRAMS = ".exe .com .scr .bat .cmd .msi .dll .js .vbs .ps1 .jar .apk .lnk"
PAGES = ".html .htm .mht .svg .xml"
ARCHIVES = ".zip .rar .7z .gz .tar .iso"
OFFICE = ".doc .docx .docm .xls .xlsx .xlsm .ppt .pptx .odt .ods .rtf .txt .csv .eml .msg"
MEDIA = ".gif .bmp .tif .tiff .webp .heic .heif .avif .mp3 .mp4 .mov .avi"

OTHER_ENDINGS = frozenset(f"{PROGRAMS} {PAGES} {ARCHIVES} {OFFICE} {MEDIA}".split())
"""Endings under which a PDF or a picture would deceive; what follows the dot of 12.05.2026 is no ending."""
