//! `hob doctor`: is everything as it should be, and if not, what to do. It changes nothing, and works while a server runs
//! and while none does.

mod files;
mod host;
mod records;

#[cfg(test)]
mod tests;

use std::process::ExitCode;

use serde::Serialize;

use super::Doctor;
use super::config::Config;
use super::data_dir::{DataDir, Served};
use super::serve::runtime;

/// How something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// As it should be.
    Ok,
    /// It works, and somebody should look at it.
    Warning,
    /// It does not work, or something is in danger.
    Problem,
}

/// What was looked at and found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What was looked at.
    pub check: &'static str,
    /// How it stands.
    pub state: State,
    /// What was found.
    pub found: String,
    /// What to do about it; nothing when all is well.
    #[serde(rename = "do", skip_serializing_if = "String::is_empty")]
    pub todo: String,
}

impl Check {
    fn ok(check: &'static str, found: impl Into<String>) -> Self {
        Self { check, state: State::Ok, found: found.into(), todo: String::new() }
    }

    fn warning(check: &'static str, found: impl Into<String>, todo: impl Into<String>) -> Self {
        Self { check, state: State::Warning, found: found.into(), todo: todo.into() }
    }

    fn problem(check: &'static str, found: impl Into<String>, todo: impl Into<String>) -> Self {
        Self { check, state: State::Problem, found: found.into(), todo: todo.into() }
    }
}

/// All of it, as it is printed with `--json`.
#[derive(Serialize)]
struct Findings {
    /// No problem was found.
    ok: bool,
    /// Whether a server runs on the folder.
    running: bool,
    checks: Vec<Check>,
}

/// Looks at everything, says what it found, and ends with 1 when there is a problem.
pub fn doctor(args: &Doctor) -> ExitCode {
    let data = DataDir::at(&args.data.dir);
    let served = data.served_by();
    let checks = examine(&data, served, args.listen);
    let ok = checks.iter().all(|check| check.state != State::Problem);
    if args.json {
        let findings = Findings { ok, running: served != Served::Nobody, checks };
        match serde_json::to_string(&findings) {
            Ok(line) => println!("{line}"),
            Err(cause) => {
                eprintln!("hob: {cause}");
                return ExitCode::FAILURE;
            }
        }
    } else {
        print!("{}", in_words(&checks));
    }
    if ok { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Everything, in the order in which one would mend it.
fn examine(data: &DataDir, served: Served, listen: Option<std::net::SocketAddr>) -> Vec<Check> {
    let mut checks = vec![files::folder(data)];
    if !data.holds_community() {
        checks.push(Check::problem(
            "database",
            format!("there is no community in {}", data.shown()),
            format!("name its folder with --data, or make one: hob init --data {}", data.shown()),
        ));
        return checks;
    }
    checks.push(files::rights(data));
    let (check, config) = files::config(data);
    checks.push(check);
    checks.push(files::host_key(data));
    let server = config.unwrap_or_else(Config::default).server;
    match runtime() {
        Ok(runtime) => checks.extend(runtime.block_on(records::all(data))),
        Err(cause) => checks.push(Check::problem("database", cause.to_string(), "free some memory")),
    }
    checks.push(host::port(listen.unwrap_or(server.listen), served));
    checks.push(host::open_files(&server, served));
    checks.push(host::memory());
    checks
}

/// One line a check, with what to do below it.
fn in_words(checks: &[Check]) -> String {
    let mut text = String::new();
    for Check { check, state, found, todo } in checks {
        let mark = match state {
            State::Ok => "ok",
            State::Warning => "LOOK",
            State::Problem => "WRONG",
        };
        let found = found.trim_end().replace('\n', "\n                  ");
        text.push_str(&format!("{mark:<6}{check:<12}{found}\n"));
        if !todo.is_empty() {
            text.push_str(&format!("      do:         {todo}\n"));
        }
    }
    let count = |wanted: State| checks.iter().filter(|check| check.state == wanted).count();
    text.push_str(&match (count(State::Problem), count(State::Warning)) {
        (0, 0) => "\nAll is well.\n".to_owned(),
        (0, looks) => format!("\nIt works; {looks} to look at.\n"),
        (wrong, looks) => format!("\n{wrong} wrong, {looks} to look at.\n"),
    });
    text
}
