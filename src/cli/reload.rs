//! SIGHUP: `hob.toml` is read anew and holds, and nobody notices more than that. A file that cannot be used changes
//! nothing.

use anyhow::Result;

use super::config::Config;
use super::data_dir::DataDir;
use super::log::Log;
use crate::service::Service;

/// Reads the settings anew. `was`: those that the server was started with, or took up last.
pub async fn reload(data: &DataDir, service: &Service, log: Option<&Log>, was: &mut Config) {
    match take_up(data, service, log).await {
        Ok(config) => {
            let waits = waits_for_a_restart(was, &config);
            if waits.is_empty() {
                tracing::info!("hob.toml was read anew and holds");
            } else {
                tracing::warn!("hob.toml was read anew; these hold after a restart: {}", waits.join(", "));
            }
            *was = config;
        }
        Err(cause) => tracing::error!("hob.toml was not taken up, and everything stays as it was: {cause:#}"),
    }
}

async fn take_up(data: &DataDir, service: &Service, log: Option<&Log>) -> Result<Config> {
    // At the start a folder without the file has the usual settings; a file that went away meanwhile is a mistake.
    anyhow::ensure!(data.config().exists(), "{} is not there", data.config().display());
    let config = Config::read(&data.config())?;
    // The level first: it is what can still be refused.
    if let Some(log) = log {
        log.change(&config.server)?;
    }
    service.set_file_settings(config.settings()).await?;
    // `hob bans lift` on this machine writes into the database only.
    service.take_up_bans().await?;
    Ok(config)
}

/// The settings that differ and that nothing can change under those who are connected.
fn waits_for_a_restart(was: &Config, now: &Config) -> Vec<&'static str> {
    let (before, after) = (&was.server, &now.server);
    [
        ("[server] listen", before.listen != after.listen),
        ("[server] connections_max", before.connections_max != after.connections_max),
        ("[server] unauthenticated_max", before.unauthenticated_max != after.unauthenticated_max),
        (
            "[server] connections_per_address_max",
            before.connections_per_address_max != after.connections_per_address_max,
        ),
        ("[server] login_grace_s", before.login_grace_s != after.login_grace_s),
        ("[server] stall_s", before.stall_s != after.stall_s),
        ("[server] log_json", before.log_json != after.log_json),
        ("[metrics]", was.metrics != now.metrics),
        ("[passwords]", was.passwords != now.passwords),
    ]
    .into_iter()
    .filter_map(|(name, differs)| differs.then_some(name))
    .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::cli::serve;
    use crate::service::DomainEvent;

    #[test]
    fn o_a_changed_file_holds_and_a_broken_one_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let data = DataDir::at(&folder.path().join("data"));
        serve::init(data.path()).unwrap();
        let made = std::fs::read_to_string(data.config()).unwrap();
        let write = |from: &str, to: &str| {
            assert!(made.contains(from), "{from}");
            std::fs::write(data.config(), made.replace(from, to)).unwrap();
        };
        serve::runtime().unwrap().block_on(async {
            let service = serve::open(&data).await.unwrap();
            let mut was = Config::read(&data.config()).unwrap();
            write("name = \"hob\"", "name = \"Kettle Lane\"");
            reload(&data, &service, None, &mut was).await;
            assert_eq!(service.settings().name, "Kettle Lane");
            write("name = \"hob\"", "nam = \"Other\"");
            reload(&data, &service, None, &mut was).await;
            assert_eq!(service.settings().name, "Kettle Lane");
        });
    }

    /// D10: authorities and revoked numbers are taken up, and a list that cannot be read leaves the one before.
    #[test]
    fn d10_the_list_of_authorities_is_read_anew() {
        let folder = tempfile::tempdir().unwrap();
        let data = DataDir::at(&folder.path().join("data"));
        serve::init(data.path()).unwrap();
        let made = std::fs::read_to_string(data.config()).unwrap();
        let write = |authority: &str, serials: &str| {
            let text = made
                .replace("authorities = []", &format!("authorities = [\"{authority}\"]"))
                .replace("revoked_serials = []", &format!("revoked_serials = [{serials}]"));
            assert_ne!(text, made);
            std::fs::write(data.config(), text).unwrap();
        };
        let line = format!("cert-authority {} the club", include_str!("../../tests/keys/ed25519.pub").trim());
        serve::runtime().unwrap().block_on(async {
            let service = serve::open(&data).await.unwrap();
            let mut events = service.listen();
            let mut was = Config::read(&data.config()).unwrap();
            let holds = || {
                let settings = service.settings();
                (settings.authorities.listed().count(), settings.authorities.revoked().collect::<Vec<_>>())
            };
            write(&line, "7");
            reload(&data, &service, None, &mut was).await;
            assert_eq!(holds(), (1, vec![7]));
            assert_eq!(events.try_recv().unwrap(), DomainEvent::PassesChanged, "who came by one looks again");
            write("no key at all", "");
            reload(&data, &service, None, &mut was).await;
            std::fs::remove_file(data.config()).unwrap();
            reload(&data, &service, None, &mut was).await;
            assert_eq!(holds(), (1, vec![7]));
            write(&line, "7, 9");
            reload(&data, &service, None, &mut was).await;
            assert_eq!(holds(), (1, vec![7, 9]));
        });
    }

    #[test]
    fn o_what_waits_for_a_restart_is_named() {
        let read = |text: &str| -> Config { toml::from_str(text).unwrap() };
        let was = Config::default();
        let now = read("[server]\nlisten = \"127.0.0.1:1\"\nlog = \"debug\"\n[passwords]\npasses = 3\n");
        assert_eq!(waits_for_a_restart(&was, &now), ["[server] listen", "[passwords]"]);
        assert!(waits_for_a_restart(&was, &read("[community]\nname = \"x\"\n")).is_empty());
    }
}
