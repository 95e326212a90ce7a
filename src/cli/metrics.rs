//! The metrics socket: what is counted, to programs on this machine that may open a file. Off unless `[metrics]` names
//! the socket.

use std::fs;
use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::watch;

use crate::domain::rotation;
use crate::service::metrics::{line, text};
use crate::service::{Service, console};
use crate::store::backup;

/// The rights of the socket: its owner and group. The folder it lies in says who of them gets there.
const MODE: u32 = 0o660;
/// How long somebody may take to ask and to read.
const PATIENCE: Duration = Duration::from_secs(2);
/// Longest question.
const QUESTION_BYTES_MAX: usize = 4_096;

/// Opens the socket; one that a killed server left is replaced.
///
/// # Errors
/// When something else lies there, or the folder is not to be written.
pub fn bind(path: &Path) -> Result<Socket> {
    if let Ok(there) = fs::symlink_metadata(path) {
        if !there.file_type().is_socket() {
            bail!("[metrics] socket: {} is there and is no socket; name another file", path.display());
        }
        fs::remove_file(path)?;
    }
    let listener = UnixListener::bind(path)
        .with_context(|| format!("[metrics] socket: {} cannot be made", path.display()))?;
    fs::set_permissions(path, fs::Permissions::from_mode(MODE))?;
    Ok(Socket { listener, path: path.to_owned() })
}

/// The socket; its file goes with it.
pub struct Socket {
    listener: UnixListener,
    path: PathBuf,
}

impl Drop for Socket {
    fn drop(&mut self) {
        // It is replaced at the next start in any case.
        let _ = fs::remove_file(&self.path);
    }
}

/// Answers until `stop`. One after another: who asks is one program, a few times a minute.
pub async fn serve(socket: Socket, service: Arc<Service>, mut stop: watch::Receiver<bool>) {
    let answers = async {
        loop {
            match socket.listener.accept().await {
                // Whoever does not listen to the answer has none.
                Ok((stream, _)) => drop(tokio::time::timeout(PATIENCE, answer(stream, &service)).await),
                Err(cause) => {
                    tracing::warn!(%cause, "nobody can be told the metrics just now");
                    tokio::time::sleep(PATIENCE).await;
                }
            }
        }
    };
    tokio::select! {
        () = answers => {}
        // An error means that the server's own handle is gone: it stops too.
        _ = stop.wait_for(|stop| *stop) => {}
    }
}

/// Whatever is asked, the answer is the same: HTTP, for those who ask so.
async fn answer(mut stream: UnixStream, service: &Service) -> std::io::Result<()> {
    let mut asked = Vec::new();
    let mut part = [0; 512];
    while asked.len() < QUESTION_BYTES_MAX && !asked.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut part).await? {
            0 => break,
            read => asked.extend_from_slice(&part[..read]),
        }
    }
    let text = everything(service);
    let head = format!(
        "HTTP/1.0 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\nContent-Length: {}\r\n\r\n",
        text.len()
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(text.as_bytes()).await?;
    stream.shutdown().await
}

/// What the service knows, and what only the process does.
fn everything(service: &Service) -> String {
    let mut all = text(service);
    line(&mut all, "hob_schema", "gauge", "The last step of the tables.", backup::known_schema());
    let size = |path: &Path| fs::metadata(path).map_or(0, |file| file.len());
    let database = service.store().path();
    line(&mut all, "hob_database_bytes", "gauge", "Size of the database.", size(database));
    let log = PathBuf::from(format!("{}-wal", database.display()));
    line(&mut all, "hob_database_log_bytes", "gauge", "Size of its write-ahead log.", size(&log));
    let backups = backup::list(&console::folder(service));
    if let Some(made) = backups.last().and_then(|newest| rotation::made_at(&newest.name)) {
        let age_s = service.now().seconds_since(made).max(0);
        line(&mut all, "hob_backup_age_seconds", "gauge", "Age of the newest checked backup.", age_s);
    }
    line(&mut all, "hob_backups", "gauge", "Backups there are.", backups.len());
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    if let Some(kib) = resident.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok()) {
        line(&mut all, "hob_resident_bytes", "gauge", "Memory that the process holds.", kib * 1_024);
    }
    all
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::cli::data_dir::DataDir;
    use crate::cli::serve as start;

    /// Asks as `curl --unix-socket` does, or as a program that says nothing and hangs up its side.
    async fn ask(path: &Path, question: &[u8]) -> String {
        let mut stream = UnixStream::connect(path).await.unwrap();
        stream.write_all(question).await.unwrap();
        if question.is_empty() {
            stream.shutdown().await.unwrap();
        }
        let mut said = String::new();
        stream.read_to_string(&mut said).await.unwrap();
        said
    }

    #[test]
    fn o_metrics_are_counted_and_name_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let data = DataDir::at(&folder.path().join("data"));
        start::init(data.path()).unwrap();
        crate::cli::backup::backup(data.path()).unwrap();
        let path = folder.path().join("metrics.sock");
        start::runtime().unwrap().block_on(async {
            let service = start::open(&data).await.unwrap();
            service.metrics().frame(1_234);
            let (stop, stopped) = watch::channel(false);
            // As if a killed server had left one.
            drop(std::os::unix::net::UnixListener::bind(&path).unwrap());
            let socket = bind(&path).unwrap();
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o660);
            let served = tokio::spawn(serve(socket, Arc::clone(&service), stopped));
            let said = ask(&path, b"GET /metrics HTTP/1.1\r\nHost: hob\r\n\r\n").await;
            assert!(said.starts_with("HTTP/1.0 200 OK\r\n"), "{said}");
            let (head, text) = said.split_once("\r\n\r\n").unwrap();
            assert!(head.contains(&format!("Content-Length: {}", text.len())), "{head}");
            for name in [
                "hob_sessions{who=\"member\"} 0",
                "hob_posts_total 0",
                "hob_frames_total 1",
                "hob_frame_bytes_total 1234",
                "hob_writers_waiting 0",
                "hob_backup_age_seconds ",
                "hob_backups 1",
                "hob_resident_bytes ",
                "hob_request_seconds_count{kind=\"write\"} ",
            ] {
                assert!(text.lines().any(|line| line.starts_with(name)), "{name} in\n{text}");
            }
            // Every line is a comment, or a name with at most these labels, and a number.
            for line in text.lines().filter(|line| !line.starts_with('#')) {
                let (name, value) = line.rsplit_once(' ').unwrap();
                assert!(value.parse::<f64>().is_ok(), "{line}");
                let labels = name.split_once('{').map_or("", |(_, labels)| labels);
                let known = ["", "who=", "kind="].iter().any(|known| labels.starts_with(known));
                assert!(known && name.starts_with("hob_"), "{line}");
            }
            assert!(
                ask(&path, b"").await.contains("hob_frames_total"),
                "whoever says nothing is told as well"
            );
            stop.send(true).unwrap();
            served.await.unwrap();
            assert!(!path.exists(), "the socket goes with the server");
        });
    }

    #[tokio::test]
    async fn o_a_file_in_the_way_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes.txt");
        fs::write(&path, "mine").unwrap();
        assert!(bind(&path).err().unwrap().to_string().contains("is no socket"));
        assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    }
}
