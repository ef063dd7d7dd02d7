//! Shows diagnostics to people: `file:line:column`, message, source line, help.
