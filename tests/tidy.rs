//! The rules of the house that a compiler does not hold: which layer may name which, how long things may get, what must
//! not be in the tree. Text checks without any dependency, so that they run first and fast. `ARCHITECTURE.md` gives the
//! reasons at length. What reads the text is in `tests/tidy/source.rs`; the rules' own tests are at the end.

#![allow(clippy::unwrap_used)]

#[path = "tidy/source.rs"]
mod source;

use std::fmt;

use source::{SourceFile, crate_modules, functions, names_crate, reads, rust_files, text_files};

/// Most lines of a source file; of a file of tests, which repeat themselves more; of `main.rs`, which only hands over;
/// and of a function, which should fit a screen and a half.
const FILE_LINES_MAX: usize = 500;
const TEST_FILE_LINES_MAX: usize = 800;
const MAIN_LINES_MAX: usize = 80;
const FUNCTION_LINES_MAX: usize = 70;

/// A layer: a folder of `src/`, which other layers it may name, and which crates it must not.
struct Layer {
    name: &'static str,
    may_import: &'static [&'static str],
    must_not_name: &'static [&'static str],
}

/// The table of `ARCHITECTURE.md`. `main → ssh → session → ui → service → store → domain`; `command`, `plain` and
/// `files` stand beside `ui`; `cli` is what `main` hands its subcommands to.
const LAYERS: &[Layer] = &[
    Layer { name: "domain", may_import: &[], must_not_name: &["tokio", "sqlx", "russh", "ratatui"] },
    Layer { name: "store", may_import: &["domain"], must_not_name: &["ratatui", "russh"] },
    Layer { name: "service", may_import: &["domain", "store"], must_not_name: &["ratatui", "russh"] },
    Layer { name: "ui", may_import: &["domain", "service"], must_not_name: &["tokio", "sqlx", "russh"] },
    // Made-up content: nothing but `cli` and benches need it.
    Layer { name: "demo", may_import: &["domain", "store", "service"], must_not_name: &["ratatui", "russh"] },
    Layer {
        name: "command",
        may_import: &["domain", "service"],
        must_not_name: &["sqlx", "ratatui", "russh"],
    },
    Layer { name: "plain", may_import: &["domain", "service"], must_not_name: &["sqlx", "ratatui", "russh"] },
    Layer { name: "files", may_import: &["domain", "service"], must_not_name: &["sqlx", "ratatui", "russh"] },
    Layer {
        name: "session",
        may_import: &["service", "ui", "command", "plain", "files"],
        must_not_name: &["russh", "sqlx"],
    },
    // Tests only: every screen as a terminal shows it, and every command with hostile text.
    Layer {
        name: "golden",
        may_import: &["domain", "service", "ui", "session", "command"],
        must_not_name: &["tokio", "sqlx", "russh"],
    },
    Layer {
        name: "ssh",
        may_import: &["service", "session", "command", "plain", "files"],
        must_not_name: &["ratatui", "sqlx"],
    },
    Layer {
        name: "cli",
        may_import: &[
            "domain", "store", "service", "demo", "ui", "command", "plain", "files", "session", "ssh",
        ],
        must_not_name: &["sqlx"],
    },
];

/// One broken rule, in words that say what to do.
#[derive(Debug)]
struct Finding {
    path: String,
    line: usize,
    rule: String,
    reason: &'static str,
    remedy: &'static str,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, line, rule, reason, remedy } = self;
        write!(f, "{path}:{line}: {rule}\n  why: {reason}\n  do:  {remedy}")
    }
}

/// Fails with every finding in words.
fn expect_none(findings: &[Finding]) {
    let words: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(findings.is_empty(), "{} broken:\n\n{}\n", words.len(), words.join("\n\n"));
}

/// Runs a rule over every Rust file of the package.
fn check_rust(rule: impl Fn(&SourceFile) -> Vec<Finding>) {
    let files = rust_files();
    assert!(files.len() > 10, "only {} Rust files found: the walk over the package is broken", files.len());
    expect_none(&files.iter().flat_map(rule).collect::<Vec<_>>());
}

fn layer_of(file: &SourceFile) -> Option<&'static Layer> {
    let modules = file.modules();
    LAYERS.iter().find(|layer| modules.first() == Some(&layer.name))
}

#[test]
fn every_file_belongs_to_a_layer() {
    check_rust(file_in_a_layer);
}

fn file_in_a_layer(file: &SourceFile) -> Vec<Finding> {
    let at_home = !file.path.starts_with("src/") || file.modules().is_empty() || layer_of(file).is_some();
    if at_home {
        return Vec::new();
    }
    vec![Finding {
        path: file.path.clone(),
        line: 1,
        rule: "a file of src/ belongs to no layer".to_owned(),
        reason: "what belongs to no layer may import anything, and soon everything does",
        remedy: "move it into the layer that uses it, or add a layer here and in ARCHITECTURE.md",
    }]
}

#[test]
fn a_layer_names_only_the_layers_below_it() {
    check_rust(layer_imports);
}

fn layer_imports(file: &SourceFile) -> Vec<Finding> {
    let Some(layer) = layer_of(file) else { return Vec::new() };
    let named = crate_modules(&file.tokens(), file.modules().len());
    let known = |name: &str| LAYERS.iter().any(|other| other.name == name);
    let allowed = |name: &str| name == layer.name || layer.may_import.contains(&name);
    named
        .into_iter()
        .filter(|token| known(&token.text) && !allowed(&token.text))
        .map(|token| Finding {
            path: file.path.clone(),
            line: token.line,
            rule: format!("{} must not name {}, only {:?}", layer.name, token.text, layer.may_import),
            reason: "main → ssh → session → ui → service → store → domain: a layer that can be read alone is one that \
                     names nothing above itself",
            remedy: "ask through the service (a Request), or move the type down to the layer that owns it",
        })
        .collect()
}

#[test]
fn a_layer_does_not_name_the_crates_it_must_not_know() {
    check_rust(layer_crates);
}

fn layer_crates(file: &SourceFile) -> Vec<Finding> {
    let Some(layer) = layer_of(file) else { return Vec::new() };
    let tokens = file.tokens();
    let named = layer.must_not_name.iter().flat_map(|name| names_crate(&tokens, name));
    named
        .map(|token| Finding {
            path: file.path.clone(),
            line: token.line,
            rule: format!("{} must not even name {}", layer.name, token.text),
            reason: "each outside crate has one home, so that its next version changes one folder",
            remedy: "hand over a plain value or a trait of ours; the layer that owns the crate translates",
        })
        .collect()
}

#[test]
fn the_rules_and_the_screens_do_not_wait() {
    check_rust(waits);
}

fn waits(file: &SourceFile) -> Vec<Finding> {
    if !matches!(file.modules().first(), Some(&"domain" | &"ui")) {
        return Vec::new();
    }
    let waiting = file.tokens().into_iter().filter(|token| token.text == "async" || token.text == "await");
    waiting
        .map(|token| Finding {
            path: file.path.clone(),
            line: token.line,
            rule: format!("`{}` in domain/ or ui/", token.text),
            reason: "a screen is a function of state and input: that is why a test can draw it and a key never hangs",
            remedy: "return an Effect; the session runs it and hands the reply back as a Msg",
        })
        .collect()
}

#[test]
fn screens_put_their_text_the_quick_way() {
    check_rust(slow_text);
}

fn slow_text(file: &SourceFile) -> Vec<Finding> {
    if file.modules().first() != Some(&"ui") || file.path == "src/ui/put.rs" {
        return Vec::new();
    }
    let slow =
        file.tokens().into_iter().filter(|token| matches!(token.text.as_str(), "set_string" | "set_stringn"));
    slow.map(|token| Finding {
        path: file.path.clone(),
        line: token.line,
        rule: format!("`{}` in ui/", token.text),
        reason: "it looks for clusters of characters in plain text, which was half of what a key cost",
        remedy: "Put::put",
    })
    .collect()
}

#[test]
fn the_rules_have_no_clock_and_no_files() {
    check_rust(domain_is_pure);
}

fn domain_is_pure(file: &SourceFile) -> Vec<Finding> {
    if file.modules().first() != Some(&"domain") || file.is_test() {
        return Vec::new(); // A test may measure how long a rule takes.
    }
    let tokens = file.tokens();
    let outside = |at: usize| {
        ["fs", "net", "env", "process", "io"].iter().any(|name| reads(&tokens, at, &["std", ":", ":", name]))
            || reads(&tokens, at, &[":", ":", "now", "("])
    };
    (0..tokens.len())
        .filter(|&at| outside(at))
        .map(|at| Finding {
            path: file.path.clone(),
            line: tokens[at].line,
            rule: "domain/ reads the clock, a file, the network or the environment".to_owned(),
            reason: "a rule that depends only on its arguments can be tested for every case and never surprises",
            remedy: "take the time or the text as an argument",
        })
        .collect()
}

#[test]
fn sql_stands_only_in_the_store() {
    check_rust(sql_outside_the_store);
}

fn sql_outside_the_store(file: &SourceFile) -> Vec<Finding> {
    if !file.path.starts_with("src/") || file.modules().first() == Some(&"store") {
        return Vec::new();
    }
    let text = ["SELECT ", "INSERT INTO ", "DELETE FROM ", "CREATE TABLE ", "sqlx::query", "sqlx::raw_sql"];
    let is_sql = |line: &str| {
        text.iter().any(|words| line.contains(words)) || (line.contains("UPDATE ") && line.contains(" SET "))
    };
    lines_where(file, &file.code_and_strings(), is_sql)
        .map(|(path, line)| Finding {
            path,
            line,
            rule: "SQL outside store/".to_owned(),
            reason: "one folder to read when the schema changes, and no query that goes around the policy's filter",
            remedy: "write a function in the store file of that table family and call it from the service",
        })
        .collect()
}

/// P5: a board of a circle is filtered wherever boards are filtered by who sees them.
#[test]
fn whoever_filters_by_audience_filters_by_circle() {
    check_rust(audience_without_circle);
}

fn audience_without_circle(file: &SourceFile) -> Vec<Finding> {
    let half = |line: &str| line.contains("see_rank") && line.contains("<=") && !line.contains(">> (3 + ");
    lines_where(file, &file.code_and_strings(), half)
        .map(|(path, line)| Finding {
            path,
            line,
            rule: "a board filtered by its audience alone".to_owned(),
            reason: "a board of a circle would be seen by everybody of its audience",
            remedy: "filter with `board.see_rank <= (?1 & 7) AND (?1 >> (3 + board.circle)) & 1`, in one line",
        })
        .collect()
}

#[test]
fn files_stay_short() {
    check_rust(long_file);
}

fn long_file(file: &SourceFile) -> Vec<Finding> {
    let lines = file.text.lines().count();
    let lines_max = match file.path.as_str() {
        "src/main.rs" => MAIN_LINES_MAX,
        _ if file.is_test() => TEST_FILE_LINES_MAX,
        _ => FILE_LINES_MAX,
    };
    if lines <= lines_max {
        return Vec::new();
    }
    vec![Finding {
        path: file.path.clone(),
        line: lines_max + 1,
        rule: format!("{lines} lines, at most {lines_max}"),
        reason: "the hub is where such programs rot; a file that can be read at one sitting stays understood",
        remedy: "find the second subject in it and give that a file (main.rs: hand over to cli/)",
    }]
}

#[test]
fn functions_stay_short() {
    check_rust(long_functions);
}

fn long_functions(file: &SourceFile) -> Vec<Finding> {
    let functions = functions(&file.tokens());
    functions
        .into_iter()
        .filter(|function| function.lines > FUNCTION_LINES_MAX)
        .map(|function| Finding {
            path: file.path.clone(),
            line: function.line,
            rule: format!("fn {} has {} lines, at most {FUNCTION_LINES_MAX}", function.name, function.lines),
            reason: "a function that fits a screen and a half can be checked by reading",
            remedy: "name its steps and make them functions; push ifs up to the caller and loops down",
        })
        .collect()
}

#[test]
fn every_file_says_what_lives_there() {
    check_rust(no_module_doc);
}

fn no_module_doc(file: &SourceFile) -> Vec<Finding> {
    if file.text.starts_with("//!") {
        return Vec::new();
    }
    vec![Finding {
        path: file.path.clone(),
        line: 1,
        rule: "the file does not start with `//!`".to_owned(),
        reason: "a stranger who opens a file first asks what lives there and what must not",
        remedy: "begin with a sentence or two that answer this",
    }]
}

#[test]
fn every_screen_is_a_folder_with_tests() {
    let files = text_files();
    expect_none(&screens_without_tests(&files));
}

fn screens_without_tests(files: &[SourceFile]) -> Vec<Finding> {
    let mut screens: Vec<&str> = files
        .iter()
        .filter_map(|file| file.path.strip_prefix("src/ui/screens/")?.split_once('/'))
        .map(|(screen, _)| screen)
        .collect();
    screens.dedup();
    let has = |path: &str| files.iter().any(|file| file.path == path);
    let mut found = Vec::new();
    for screen in screens {
        for part in ["mod.rs", "tests.rs"] {
            let path = format!("src/ui/screens/{screen}/{part}");
            let tested = part == "mod.rs"
                || files.iter().any(|file| file.path == path && file.text.contains("#[test]"));
            if has(&path) && tested {
                continue;
            }
            found.push(Finding {
                path,
                line: 1,
                rule: format!("the screen `{screen}` has no {part}, or no #[test] in it"),
                reason: "a screen is ui/screens/<name>/{mod,view,tests}.rs: its keys and cells are found in one guess",
                remedy: "write it with the harness of ui/, at 40x12, 80x24 and 160x50",
            });
        }
    }
    found
}

#[test]
fn nothing_is_left_unfinished() {
    check_rust(unfinished);
}

fn unfinished(file: &SourceFile) -> Vec<Finding> {
    let macros = ["todo", "unimplemented", "dbg"];
    let tokens = file.tokens();
    let in_code = (0..tokens.len()).filter(|&at| {
        macros.iter().any(|name| reads(&tokens, at, &[name, "!"]))
            || reads(&tokens, at, &["#", "[", "ignore"])
    });
    // Built from two halves, so that this line does not find itself.
    let promise = concat!("coming", " soon");
    let in_words = lines_where(file, &file.text, |line| line.to_lowercase().contains(promise));
    in_code
        .map(|at| (file.path.clone(), tokens[at].line))
        .chain(in_words)
        .map(|(path, line)| Finding {
            path,
            line,
            rule: format!("{macros:?}, an ignored test, or \"{promise}\""),
            reason: "what is in the tree works; a promise on a screen is a door that does not open",
            remedy: "finish it, or take the key, the screen or the test out until it is there",
        })
        .collect()
}

#[test]
fn unsafe_code_is_nowhere() {
    check_rust(unsafe_code);
}

fn unsafe_code(file: &SourceFile) -> Vec<Finding> {
    let found = file.tokens().into_iter().filter(|token| token.text == "unsafe");
    found
        .map(|token| Finding {
            path: file.path.clone(),
            line: token.line,
            rule: "`unsafe`".to_owned(),
            reason: "the program reads bytes from strangers; the compiler's promise is worth more than the speed",
            remedy: "find the safe call (rustix, nix and std have most), or ask for a crate that wraps it",
        })
        .collect()
}

#[test]
fn nothing_sleeps_a_thread() {
    check_rust(thread_sleeps);
}

fn thread_sleeps(file: &SourceFile) -> Vec<Finding> {
    let tokens = file.tokens();
    (0..tokens.len())
        .filter(|&at| reads(&tokens, at, &["thread", ":", ":", "sleep"]))
        .map(|at| Finding {
            path: file.path.clone(),
            line: tokens[at].line,
            rule: "`thread::sleep`".to_owned(),
            reason: "it stops everyone else on the thread, and in a test it is either too short or a waste",
            remedy: "wait for the condition itself, with a deadline",
        })
        .collect()
}

#[test]
fn migrations_are_numbered_without_gaps() {
    expect_none(&migration_gaps(&text_files()));
}

fn migration_gaps(files: &[SourceFile]) -> Vec<Finding> {
    let names = files.iter().filter_map(|file| file.path.strip_prefix("migrations/"));
    names
        .enumerate()
        .filter(|(index, name)| !name.starts_with(&format!("{:04}_", index + 1)) || !name.ends_with(".sql"))
        .map(|(index, name)| Finding {
            path: format!("migrations/{name}"),
            line: 1,
            rule: format!("this should be {:04}_what.sql", index + 1),
            reason: "migrations run in the order of their numbers; a gap or a double is two people's work colliding",
            remedy: "give the newer, unreleased one the next free number",
        })
        .collect()
}

#[test]
fn every_dependency_has_its_reason() {
    let files = text_files();
    let text =
        |path: &str| files.iter().find(|file| file.path == path).unwrap_or_else(|| panic!("no {path}"));
    expect_none(&unexplained_dependencies(text("Cargo.toml"), text("docs/DEPENDENCIES.md")));
}

/// A promise whose test is gone is a promise no more.
#[test]
fn every_promise_of_security_md_names_a_test_that_exists() {
    let promises =
        text_files().into_iter().find(|file| file.path == "docs/SECURITY.md").expect("docs/SECURITY.md");
    let sources = rust_files();
    let is_name = |word: &&str| {
        word.matches('_').count() >= 3
            && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    let names: Vec<&str> = promises.text.split('`').filter(is_name).collect();
    assert!(names.len() > 30, "only {} names of tests were found", names.len());
    let exists = |name: &str| sources.iter().any(|file| file.text.contains(&format!("fn {name}(")));
    let missing: Vec<&&str> = names.iter().filter(|name| !exists(name)).collect();
    assert!(missing.is_empty(), "docs/SECURITY.md names tests that are not there: {missing:?}");
}

/// SAFETY.md, Transport: a panic ends one session. With `panic = "abort"` it would end the server.
#[test]
fn transport_a_panic_unwinds_in_every_profile() {
    let manifest = text_files().into_iter().find(|file| file.path == "Cargo.toml").expect("Cargo.toml");
    assert!(manifest.text.contains("[profile.release]"));
    assert!(!manifest.text.contains("panic = \"abort\""), "a fault of one session would end them all");
}

fn unexplained_dependencies(manifest: &SourceFile, reasons: &SourceFile) -> Vec<Finding> {
    let mut in_dependencies = false;
    let mut found = Vec::new();
    for (at, line) in manifest.text.lines().enumerate() {
        if line.starts_with('[') {
            in_dependencies = line.ends_with("dependencies]");
        }
        let Some((name, _)) =
            line.split_once(" = ").filter(|(name, _)| in_dependencies && !name.starts_with('#'))
        else {
            continue;
        };
        if !reasons.text.contains(&format!("`{name}`")) {
            found.push(Finding {
                path: manifest.path.clone(),
                line: at + 1,
                rule: format!("{name} has no line in {}", reasons.path),
                reason: "whoever updates it, or wants it gone, should know what it is for",
                remedy: "say there why it came in, its licence and what it brings along; or take it out",
            });
        }
    }
    found
}

#[test]
fn the_tree_names_no_machine() {
    let files = text_files();
    expect_none(&files.iter().flat_map(machine_names).collect::<Vec<_>>());
}

fn machine_names(file: &SourceFile) -> Vec<Finding> {
    if file.path == "Cargo.lock" {
        return Vec::new(); // Cargo writes the registry's address into it.
    }
    // Each is built from halves, so that this file does not find itself.
    let folders = [concat!("/", "work"), concat!("/", "root"), concat!("/", "home/")];
    let hosts = [
        concat!("index.", "crates.io"),
        concat!("static.", "crates.io"),
        concat!("pypi.", "org"),
        concat!("files.", "pythonhosted.org"),
        concat!("registry.", "npmjs.org"),
        concat!("deb.", "debian.org"),
        concat!("security.", "debian.org"),
        concat!("proxy.", "golang.org"),
    ];
    let is_machine = |line: &str| {
        folders.iter().any(|folder| has_absolute_path(line, folder))
            || hosts.iter().any(|host| line.contains(host))
    };
    lines_where(file, &file.text, is_machine)
        .map(|(path, line)| Finding {
            path,
            line,
            rule: "an absolute path of somebody's machine, or the host name of a package registry".to_owned(),
            reason: "a clone must build and test anywhere, from whatever mirror its owner uses",
            remedy: "use a path from the package's root, a temporary folder, or the tool's own default",
        })
        .collect()
}

/// Whether `folder` stands in `line` as the start of an absolute path, not as a part of a longer name.
fn has_absolute_path(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + folder.len()..].chars().next();
        let starts = !before.is_some_and(|c| c.is_alphanumeric() || ".-_}/*~)>".contains(c));
        let ends = folder.ends_with('/') || !after.is_some_and(|c| c.is_alphanumeric() || "-_".contains(c));
        starts && ends
    })
}

/// The lines of `text`, which is `file`'s or made from it line by line, that `found` likes.
fn lines_where(
    file: &SourceFile,
    text: &str,
    found: impl Fn(&str) -> bool,
) -> impl Iterator<Item = (String, usize)> {
    let lines: Vec<usize> =
        text.lines().enumerate().filter(|(_, line)| found(line)).map(|(at, _)| at + 1).collect();
    let path = file.path.clone();
    lines.into_iter().map(move |line| (path.clone(), line))
}

/// Each rule against a file that breaks it and one that only looks as if.
mod rules_find_what_they_should {
    use super::*;

    /// The lines where a rule finds something in a file with this path and text.
    fn found(rule: fn(&SourceFile) -> Vec<Finding>, path: &str, text: &str) -> Vec<usize> {
        rule(&SourceFile::new(path, text)).iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn layers() {
        let inline = "//! x\nfn f() { let a = crate::store::post::load(); }\nuse crate::service::Caller;\n";
        assert_eq!(found(layer_imports, "src/ui/app.rs", inline), [2]);
        let group = "use crate::{\n    domain::{Id, session::Odd},\n    store::{a, b},\n    ssh,\n};\n";
        assert_eq!(found(layer_imports, "src/service/mod.rs", group), [4]);
        let climbing = "use super::super::super::store::Db;\nuse super::super::store;\n";
        assert_eq!(found(layer_imports, "src/ui/screens/home.rs", climbing), [1]);
        assert_eq!(found(layer_imports, "src/ui/app.rs", climbing), [1, 2]);
        let hidden = "// crate::store\n/* crate::store /* */ crate::ssh */\nfn f() { g(\"crate::store\", r#\"crate::ssh\"\"#) }\n";
        assert_eq!(found(layer_imports, "src/ui/app.rs", hidden), [] as [usize; 0]);
        assert_eq!(found(layer_imports, "src/session/mod.rs", "use crate::plain::Plain;"), [] as [usize; 0]);
        assert_eq!(found(layer_imports, "src/session/mod.rs", "use crate::cli::Args;"), [1]);
        assert_eq!(found(file_in_a_layer, "src/helpers.rs", "//! x"), [1]);
        assert_eq!(found(file_in_a_layer, "src/lib.rs", "//! x"), [] as [usize; 0]);
    }

    #[test]
    fn crates() {
        let text = "use tokio::sync::watch;\nuse russh;\nlet tokio_like = 1;\n#[sqlx::test]\nmod my { use ratatui::X; }\n";
        assert_eq!(found(layer_crates, "src/ui/app.rs", text), [1, 4, 2]);
        assert_eq!(found(layer_crates, "src/store/post.rs", text), [5, 2]);
        assert_eq!(found(layer_crates, "src/session/mod.rs", text), [2, 4]);
        assert_eq!(found(layer_crates, "tests/x.rs", text), [] as [usize; 0]);
    }

    #[test]
    fn waiting_and_clocks() {
        let text = "async fn f() {\n    g().await;\n    let awaited = \"await\";\n}\n";
        assert_eq!(found(waits, "src/ui/app.rs", text), [1, 2]);
        assert_eq!(found(waits, "src/session/mod.rs", text), [] as [usize; 0]);
        let text = "buf.put(0, 0, text, 1, style);\nbuf.set_stringn(0, 0, text, 1, style);\n";
        assert_eq!(found(slow_text, "src/ui/app.rs", text), [2]);
        assert_eq!(found(slow_text, "src/ui/put.rs", text), [] as [usize; 0]);
        let clock = "use std::fmt;\nlet t = SystemTime::now();\nuse std::fs;\n";
        assert_eq!(found(domain_is_pure, "src/domain/text.rs", clock), [2, 3]);
        assert_eq!(found(domain_is_pure, "src/service/clock.rs", clock), [] as [usize; 0]);
        assert_eq!(found(domain_is_pure, "src/domain/text_tests.rs", clock), [] as [usize; 0]);
    }

    #[test]
    fn sql() {
        let text =
            "// SELECT a\nlet a = \"SELECT a FROM b\";\nsqlx::query(x);\nlet b = \"UPDATE a SET b = 1\";\n";
        assert_eq!(found(sql_outside_the_store, "src/service/post.rs", text), [2, 3, 4]);
        assert_eq!(found(sql_outside_the_store, "src/store/post.rs", text), [] as [usize; 0]);
    }

    #[test]
    fn sizes() {
        let body = "    x();\n".repeat(FUNCTION_LINES_MAX - 2);
        let fits = format!("//! x\nfn a(b: fn(u8) -> u8) -> [u8; 2]\n{{\n{body}}}");
        assert_eq!(found(long_functions, "src/ui/app.rs", &fits), [2], "the brace on its own line counts");
        let fits = fits.replacen("    x();\n", "", 1);
        assert_eq!(found(long_functions, "src/ui/app.rs", &fits), [] as [usize; 0]);
        let braces = format!(
            "fn a() {{ let s = \"}}\"; let c = '{{'; let l: &'static str = \"\";\n{body}}}\nfn b();\n"
        );
        assert_eq!(found(long_functions, "src/ui/app.rs", &braces), [] as [usize; 0]);
        let lines = "x\n".repeat(FILE_LINES_MAX + 1);
        assert_eq!(found(long_file, "src/ui/app.rs", &lines), [FILE_LINES_MAX + 1]);
        assert_eq!(found(long_file, "src/main.rs", &lines), [MAIN_LINES_MAX + 1]);
        assert_eq!(found(long_file, "src/ui/tests.rs", &lines), [] as [usize; 0]);
        assert_eq!(found(long_file, "src/ui/tests/keys.rs", &"x\n".repeat(801)), [TEST_FILE_LINES_MAX + 1]);
    }

    #[test]
    fn leftovers() {
        let text = concat!(
            "todo",
            "!();\n// Coming",
            " Soon\n#[ignore = \"slow\"]\nunsafe { }\nstd::thread::sleep(d);\n"
        );
        assert_eq!(found(unfinished, "src/ui/app.rs", text), [1, 3, 2]);
        assert_eq!(found(unsafe_code, "src/ui/app.rs", text), [4]);
        assert_eq!(found(thread_sleeps, "src/ui/app.rs", text), [5]);
        assert_eq!(found(no_module_doc, "src/ui/app.rs", text), [1]);
    }

    #[test]
    fn machines() {
        let paths = concat!(
            "cd /",
            "work\nls ./",
            "work x/",
            "work /",
            "working\nopen(\"/",
            "home/ann\")\n/",
            "root/x"
        );
        assert_eq!(found(machine_names, "docs/x.md", paths), [1, 3, 4]);
        assert_eq!(found(machine_names, "x.py", concat!("pip -i https://pypi.", "org/simple")), [1]);
        assert_eq!(found(machine_names, "Cargo.lock", concat!("static.", "crates.io")), [] as [usize; 0]);
    }

    #[test]
    fn dependencies() {
        let manifest = "[package]\nname = \"x\"\n[dependencies]\n# note = 1\nserde = \"1\"\nshlex = { version = \"2\" }\n[lints.rust]\na = 1\n";
        let manifest = SourceFile::new("Cargo.toml", manifest);
        let lines: Vec<usize> =
            unexplained_dependencies(&manifest, &SourceFile::new("d.md", "| `serde` | why |"))
                .iter()
                .map(|finding| finding.line)
                .collect();
        assert_eq!(lines, [6]);
    }

    #[test]
    fn screens_and_migrations() {
        let file = |path| SourceFile::new(path, "#[test] fn a() {}");
        let screens = [
            file("src/ui/screens/mod.rs"),
            file("src/ui/screens/home/mod.rs"),
            file("src/ui/screens/home/tests.rs"),
        ];
        assert_eq!(screens_without_tests(&screens).len(), 0);
        assert_eq!(screens_without_tests(&screens[..2])[0].path, "src/ui/screens/home/tests.rs");
        let numbered =
            [file("migrations/0001_a.sql"), file("migrations/0002_b.sql"), file("migrations/0004_c.sql")];
        assert_eq!(migration_gaps(&numbered)[0].path, "migrations/0004_c.sql");
        assert_eq!(migration_gaps(&numbered[..2]).len(), 0);
    }
}
