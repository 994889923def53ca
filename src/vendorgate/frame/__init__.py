"""What every command needs: options, inputs by default, formats, destinations, streams, exit codes."""
