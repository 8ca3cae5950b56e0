"""The main screen (sidebar, paper table, summary viewer) and its controllers."""
