"""Other markup as Markdown: HTML, wikis, chats, mails, notebooks, outlines."""
