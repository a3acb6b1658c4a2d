"""Pages under load: how long an officer waits while fifteen others ask too."""
