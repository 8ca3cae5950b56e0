"""The main screen: sidebar, paper table and summary viewer."""
