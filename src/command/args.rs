//! A command line, taken apart as a shell would.

/// The words of a command line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Args {
    /// The command's name; empty when nothing was said.
    pub name: String,
    /// `--json` was given.
    pub json: bool,
    /// What else was given, in order.
    pub rest: Vec<String>,
}

impl Args {
    /// Takes a line apart. `--json` may stand anywhere before a `--`.
    ///
    /// # Errors
    /// When a quotation mark is not closed.
    pub fn parse(line: &str) -> Result<Self, String> {
        let words = shlex::split(line).ok_or("A quotation mark is not closed.")?;
        let mut args = Self::default();
        let mut words = words.into_iter();
        args.name = words.next().unwrap_or_default();
        let mut verbatim = false;
        for word in words {
            match word.as_str() {
                "--json" if !verbatim => args.json = true,
                "--" if !verbatim => verbatim = true,
                _ => args.rest.push(word),
            }
        }
        Ok(args)
    }

    /// Takes out `flag VALUE`.
    ///
    /// # Errors
    /// When the flag stands at the end, without a value.
    pub fn option(&mut self, flag: &str) -> Result<Option<String>, String> {
        let Some(at) = self.rest.iter().position(|word| word == flag) else { return Ok(None) };
        if at + 1 >= self.rest.len() {
            return Err(format!("{flag} needs a value."));
        }
        self.rest.remove(at);
        Ok(Some(self.rest.remove(at)))
    }

    /// Takes out a flag without a value. True if it was there.
    pub fn flag(&mut self, flag: &str) -> bool {
        let at = self.rest.iter().position(|word| word == flag);
        at.map(|at| self.rest.remove(at)).is_some()
    }

    /// Takes out the first word that is left.
    pub fn first(&mut self) -> Option<String> {
        (!self.rest.is_empty()).then(|| self.rest.remove(0))
    }

    /// That nothing is left over.
    ///
    /// # Errors
    /// Names the first word that the command has no use for.
    pub fn no_more(&self) -> Result<(), String> {
        match self.rest.first() {
            None => Ok(()),
            Some(word) => Err(format!("\"{word}\" is one word too many.")),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn quotes_flags_and_options() {
        let mut args = Args::parse("post general -t 'Two words' --json").unwrap();
        assert_eq!((args.name.as_str(), args.json), ("post", true));
        assert_eq!(args.option("-t").unwrap().as_deref(), Some("Two words"));
        assert!(!args.flag("--mark"));
        assert_eq!(args.first().as_deref(), Some("general"));
        assert_eq!(args.first(), None);
        let mut args = Args::parse("read 12 --mark").unwrap();
        assert!(args.flag("--mark"));
        assert_eq!(args.rest, ["12"]);
    }

    #[test]
    fn what_stands_behind_two_dashes_is_taken_as_it_is() {
        let args = Args::parse("search -- --json").unwrap();
        assert!(!args.json);
        assert_eq!(args.rest, ["--json"]);
    }

    #[test]
    fn mistakes_are_said() {
        assert!(Args::parse("search 'open").is_err());
        assert!(Args::parse("post general -t").unwrap().option("-t").is_err());
        assert!(Args::parse("boards now").unwrap().no_more().unwrap_err().contains("now"));
    }
}
