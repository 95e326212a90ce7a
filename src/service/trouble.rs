//! When the database fails: what the person who asked is told, and what the sysop is told to do. hob itself does nothing
//! about it; every connection is tried again with the next request, so that the service comes back with its cause gone.

use crate::store::OpenError;
use crate::store::trouble::Trouble;

/// What the person who asked is told.
pub(super) fn words(error: &sqlx::Error) -> &'static str {
    match Trouble::of(error) {
        Trouble::Full => {
            "The server could not write, because its disk is full. What you typed stays here: try again in a while."
        }
        Trouble::Disk => {
            "The server could not read or write its disk. What you typed stays here: try again in a while."
        }
        Trouble::ReadOnly => {
            "The server could not write, because its disk is read-only. What you typed stays here: try again in a while."
        }
        Trouble::Locked => {
            "The server could not write, because another program holds its database. What you typed stays here: try again."
        }
        Trouble::Damaged => {
            "The server could not read a part of its database, which is damaged. Tell the sysop; the log says what to do."
        }
        Trouble::Closed | Trouble::OtherVersion | Trouble::Other => {
            "The server could not do that just now. Nothing is lost: try again in a moment."
        }
    }
}

/// What the sysop is told to do; ends with a full stop.
pub fn advice(error: &sqlx::Error) -> &'static str {
    what_to_do(Trouble::of(error))
}

/// The same when the database cannot even be opened.
pub fn advice_at_opening(error: &OpenError) -> &'static str {
    what_to_do(Trouble::at_opening(error))
}

fn what_to_do(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::Full | Trouble::Disk => {
            "free some space on the disk of the data folder and look whether it works (df, dmesg); hob goes on by itself."
        }
        Trouble::ReadOnly => {
            "make the data folder and its file system writable for hob's user (mount, ls -l); hob goes on by itself."
        }
        Trouble::Locked => {
            "end the other program that has hob.db open (fuser hob.db); hob goes on by itself."
        }
        Trouble::Damaged => {
            "the database is damaged: stop hob, look with hob doctor, and go back to the newest backup with hob restore."
        }
        Trouble::Closed => {
            "look whether hob's user owns the data folder (ls -l) and may open more files (ulimit -n); hob goes on by itself."
        }
        Trouble::OtherVersion => {
            "run the hob that wrote it, or a newer one; the files of backups/ hold older states of it."
        }
        Trouble::Other => "if it goes on, restart hob and look into the data folder.",
    }
}
