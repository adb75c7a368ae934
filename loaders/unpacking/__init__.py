"""Files that hold other files: archives, documents, sheets, and pages or mails that are wrapped."""
