//! The `hob` program's subcommands. Start-up errors are `anyhow`: they are for the person at the shell.

mod accounts;
mod backup;
mod bans;
pub mod config;
mod data_dir;
mod demo;
mod doctor;
mod log;
mod manager;
mod metrics;
mod papers;
mod reload;
mod restore;
mod serve;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::demo::Size;
use crate::domain::member::Role;

/// The folder that is used when none is named.
const DATA_DEFAULT: &str = "hob-data";
/// The one for a demo: another, so that nobody's community is taken for one.
const DEMO_DEFAULT: &str = "hob-demo";

/// A small community over SSH: one binary, one SQLite file.
///
/// Without a subcommand hob makes ./hob-data if it is not there and serves it on 127.0.0.1:2222.
#[derive(Parser)]
#[command(name = "hob", version, arg_required_else_help = false)]
struct Cli {
    #[command(subcommand)]
    command: Option<Sub>,
}

#[derive(Subcommand)]
enum Sub {
    /// Make a new community: database, host key, hob.toml, first boards, a charter to edit
    Init(Init),
    /// Serve a community, made first if it is not there
    Serve(Serve),
    /// Serve a made-up community to look around in, made first if it is not there; for this machine only
    Demo(Demo),
    /// Look after accounts
    #[command(subcommand)]
    Member(Member),
    /// Make an invite and print its code
    Invite(Invite),
    /// Copy the database into DIR/backups while it is in use, and check the copy; `[backups]` in hob.toml says which are kept
    Backup(Init),
    /// Put a backup in the place of the database; it is checked first, and what is there is put aside
    Restore(Restore),
    /// Look whether everything is as it should be, and say what to do; works while hob runs and while it does not
    Doctor(Doctor),
    /// Look at the ban list and lift a ban, for whoever is locked out by it
    #[command(subcommand)]
    Bans(Bans),
    /// Check the audit log
    #[command(subcommand)]
    Audit(Audit),
    /// Print completions for a shell
    Completions(Completions),
    /// Print the manual page, or write all of them into a folder
    Man(Man),
}

/// Where the community lives.
#[derive(Args)]
struct Data {
    /// The folder of the community
    #[arg(long = "data", value_name = "DIR", default_value = DATA_DEFAULT)]
    dir: PathBuf,
}

#[derive(Args)]
struct Init {
    #[command(flatten)]
    data: Data,
}

#[derive(Args)]
struct Serve {
    #[command(flatten)]
    data: Data,
    /// Address and port to listen on; port 0 takes a free one [default: as in hob.toml]
    #[arg(long, value_name = "ADDR:PORT")]
    listen: Option<SocketAddr>,
    /// A file of members' keys, read at every start (keys.example shows its format)
    #[arg(long, value_name = "FILE")]
    keys: Option<PathBuf>,
}

#[derive(Args)]
struct Demo {
    /// The folder of the community
    #[arg(long = "data", value_name = "DIR", default_value = DEMO_DEFAULT)]
    dir: PathBuf,
    /// Address and port to listen on, of this machine only [default: as in hob.toml]
    #[arg(long, value_name = "ADDR:PORT")]
    listen: Option<SocketAddr>,
    /// How many members
    #[arg(long, value_name = "N", default_value_t = Size::default().members)]
    members: usize,
    /// How many boards
    #[arg(long, value_name = "N", default_value_t = Size::default().boards)]
    boards: usize,
    /// How many threads
    #[arg(long, value_name = "N", default_value_t = Size::default().threads)]
    threads: usize,
    /// How many posts; a million take about a minute
    #[arg(long, value_name = "N", default_value_t = Size::default().posts)]
    posts: usize,
    /// The same seed makes the same community
    #[arg(long, value_name = "N", default_value_t = Size::default().seed)]
    seed: u64,
    /// Make it and stop
    #[arg(long)]
    make_only: bool,
}

#[derive(Subcommand)]
enum Member {
    /// Add a member who did not come through the door
    Add(AddMember),
    /// Say what a member is trusted with; the only way, besides their own, to change a sysop's role
    Role(SetRole),
    /// Give a member a new password; sessions of the old one end
    Password(SetPassword),
}

#[derive(Args)]
struct SetRole {
    /// The handle
    handle: String,
    /// What the member is trusted with
    #[arg(value_enum)]
    role: RoleArg,
    #[command(flatten)]
    data: Data,
}

#[derive(Args)]
struct SetPassword {
    /// The handle
    handle: String,
    /// Read the new password from standard input, one line
    #[arg(long, required = true)]
    password_stdin: bool,
    #[command(flatten)]
    data: Data,
}

#[derive(Args)]
struct AddMember {
    /// The handle
    handle: String,
    /// What the member is trusted with
    #[arg(long, value_enum)]
    role: RoleArg,
    /// A public key, as a line of authorized_keys
    #[arg(long, value_name = "LINE", required_unless_present = "password_stdin")]
    key: Option<String>,
    /// Read a password from standard input, one line
    #[arg(long, conflicts_with = "key")]
    password_stdin: bool,
    #[command(flatten)]
    data: Data,
}

#[derive(Args)]
struct Invite {
    /// The role of whoever uses it
    #[arg(long, value_enum, default_value = "member")]
    role: RoleArg,
    #[command(flatten)]
    data: Data,
}

#[derive(Subcommand)]
enum Bans {
    /// Print the bans that hold, with their numbers
    List(Init),
    /// Lift one; on record, as every other
    Lift(LiftBanArgs),
}

#[derive(Args)]
struct LiftBanArgs {
    /// Its number
    number: i64,
    #[command(flatten)]
    data: Data,
}

#[derive(Subcommand)]
enum Audit {
    /// Walk the hash chain of the audit log and say whether a row was altered
    Verify(Init),
}

#[derive(Args)]
struct Restore {
    /// The backup: a file, or the name of one in DIR/backups
    file: PathBuf,
    #[command(flatten)]
    data: Data,
}

#[derive(Args)]
struct Doctor {
    #[command(flatten)]
    data: Data,
    /// Where it listens, if `hob serve` was started with another address than hob.toml's
    #[arg(long, value_name = "ADDR:PORT")]
    listen: Option<SocketAddr>,
    /// As one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
struct Completions {
    /// For which shell
    shell: clap_complete::Shell,
}

#[derive(Args)]
struct Man {
    /// Write hob.1 and a page for each subcommand into this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum RoleArg {
    Member,
    Moderator,
    Sysop,
}

impl From<RoleArg> for Role {
    fn from(role: RoleArg) -> Self {
        match role {
            RoleArg::Member => Self::Member,
            RoleArg::Moderator => Self::Moderator,
            RoleArg::Sysop => Self::Sysop,
        }
    }
}

/// Runs the program.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match cli.command {
        None => serve::serve(DATA_DEFAULT.as_ref(), None, None),
        Some(Sub::Serve(args)) => serve::serve(&args.data.dir, args.listen, args.keys.as_deref()),
        Some(Sub::Demo(args)) => demo::demo(&args),
        Some(Sub::Init(args)) => serve::init(&args.data.dir),
        Some(Sub::Member(Member::Add(args))) => accounts::add_member(&args),
        Some(Sub::Member(Member::Role(args))) => accounts::set_role(&args),
        Some(Sub::Member(Member::Password(args))) => accounts::set_password(&args),
        Some(Sub::Invite(args)) => accounts::invite(&args),
        Some(Sub::Backup(args)) => backup::backup(&args.data.dir),
        Some(Sub::Restore(args)) => restore::restore(&args.file, &args.data.dir),
        Some(Sub::Doctor(args)) => return doctor::doctor(&args),
        Some(Sub::Bans(args)) => bans::bans(&args),
        Some(Sub::Audit(Audit::Verify(args))) => accounts::verify_audit(&args.data.dir),
        Some(Sub::Completions(args)) => papers::completions(args.shell),
        Some(Sub::Man(args)) => papers::man(args.out.as_deref()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("hob: {error:#}");
            ExitCode::FAILURE
        }
    }
}
