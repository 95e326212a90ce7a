//! `hob completions` and `hob man`: made from the command line's own description, so that they cannot say anything else.

use std::io::Write as _;
use std::path::Path;

use anyhow::{Context, Result};
use clap::CommandFactory as _;
use clap_complete::Shell;

use super::Cli;

/// Prints the completions for a shell.
pub fn completions(shell: Shell) -> Result<()> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "hob", &mut text);
    std::io::stdout().write_all(&text).context("nothing can be written")
}

/// Prints hob(1), or writes it and a page for each subcommand into a folder.
pub fn man(folder: Option<&Path>) -> Result<()> {
    let command = Cli::command();
    let Some(folder) = folder else {
        let mut text = Vec::new();
        clap_mangen::Man::new(command).render(&mut text)?;
        return std::io::stdout().write_all(&text).context("nothing can be written");
    };
    std::fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    clap_mangen::generate_to(command, folder)
        .with_context(|| format!("nothing can be written into {}", folder.display()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn o_completions_and_pages_know_every_subcommand() {
        let folder = tempfile::tempdir().unwrap();
        man(Some(folder.path())).unwrap();
        let subcommands: Vec<String> =
            Cli::command().get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
        assert!(subcommands.len() >= 10, "{subcommands:?}");
        for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
            let mut text = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "hob", &mut text);
            let text = String::from_utf8(text).unwrap();
            for name in &subcommands {
                assert!(text.contains(name.as_str()), "{shell} does not know {name}");
            }
        }
        for name in &subcommands {
            let page = std::fs::read_to_string(folder.path().join(format!("hob-{name}.1"))).unwrap();
            assert!(page.contains(".SH SYNOPSIS"), "{name}:\n{page}");
        }
    }
}
