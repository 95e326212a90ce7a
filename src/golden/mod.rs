//! Golden screens: every screen as a terminal shows it, at three sizes and every depth of colour (PRODUCT.md section 3,
//! "any size"). A made-up community ([`community`]) is looked at in scenes ([`scenes`]); each goes the real way, from keys
//! through the app and the terminal's encoder to bytes, and what an emulator makes of them ([`look`]) is kept in
//! `screens/NAME.snap`, to be read by eye.
//!
//! After a change that was meant: `INSTA_UPDATE=always cargo test --lib golden`, and read the difference. A new screen
//! needs a line in `scenes.rs`: the tests below fail until it has one.

#![allow(clippy::unwrap_used)]

mod cohorts;
mod community;
mod dues;
mod hostile;
mod juries;
mod look;
mod prevention;
mod scenes;
mod words;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use self::community::Community;
use self::scenes::Scene;

/// Shows scenes and compares each with what is kept. All are tried, so that one run updates, or names, them all.
fn compare(scenes: &[Scene]) {
    let community = Community::get();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/golden/screens"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let differ: Vec<&str> = settings.bind(|| {
        let shown = |scene: &&Scene| {
            let shown =
                AssertUnwindSafe(|| insta::assert_snapshot!(scene.name, look::show(community, scene)));
            catch_unwind(shown).is_err()
        };
        scenes.iter().filter(shown).map(|scene| scene.name).collect()
    });
    assert!(
        differ.is_empty(),
        "not as kept: {differ:?}. If that is meant: INSTA_UPDATE=always cargo test --lib golden"
    );
}

#[test]
fn the_door_and_home() {
    compare(&scenes::door(Community::get()));
}

#[test]
fn reading() {
    compare(&scenes::reading(Community::get()));
}

#[test]
fn writing() {
    compare(&scenes::writing(Community::get()));
}

#[test]
fn people() {
    compare(&scenes::people(Community::get()));
}

#[test]
fn staff() {
    compare(&scenes::staff(Community::get()));
}

/// The variants of `Route`, as its source names them.
fn routes() -> BTreeSet<String> {
    let source = include_str!("../ui/route.rs");
    let (_, body) = source.split_once("pub enum Route {\n").unwrap();
    let (body, _) = body.split_once("\n}\n").unwrap();
    let arms = body.lines().filter_map(|line| line.strip_prefix("    "));
    let named = arms.filter(|line| line.starts_with(|first: char| first.is_ascii_uppercase()));
    named.map(|line| line.split(|c: char| !c.is_alphanumeric()).next().unwrap().to_owned()).collect()
}

#[test]
fn every_route_has_a_golden_screen() {
    let community = Community::get();
    let shown: BTreeSet<String> = scenes::all(community)
        .iter()
        .map(|scene| format!("{:?}", scene.place))
        .map(|place| place.split(|c: char| !c.is_alphanumeric()).next().unwrap().to_owned())
        .chain(["Nowhere".to_owned()])
        .collect();
    let routes = routes();
    assert!(routes.len() > 20 && routes.contains("Home"), "route.rs was not understood: {routes:?}");
    let missing: Vec<&String> = routes.difference(&shown).collect();
    assert!(missing.is_empty(), "no scene in src/golden/scenes.rs shows {missing:?}");
}

#[test]
fn every_screens_folder_has_a_golden_screen() {
    let scenes = scenes::all(Community::get());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui/screens");
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    let screens = entries.filter(|entry| entry.path().is_dir());
    let screens: Vec<String> = screens.map(|entry| entry.file_name().into_string().unwrap()).collect();
    assert!(screens.len() > 20, "{screens:?}");
    let is_shown = |screen: &String| {
        scenes.iter().any(|scene| scene.name == screen || scene.name.starts_with(&format!("{screen}_")))
    };
    let missing: Vec<&String> = screens.iter().filter(|screen| !is_shown(screen)).collect();
    assert!(missing.is_empty(), "no scene in src/golden/scenes.rs is called like {missing:?}");
}

#[test]
fn what_is_kept_belongs_to_a_scene() {
    let scenes = scenes::all(Community::get());
    let names: BTreeSet<&str> = scenes.iter().map(|scene| scene.name).collect();
    assert_eq!(names.len(), scenes.len(), "two scenes have one name");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/golden/screens");
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    let files = entries.map(|entry| entry.file_name().into_string().unwrap());
    let kept: Vec<String> = files.filter_map(|name| Some(name.strip_suffix(".snap")?.to_owned())).collect();
    assert!(!kept.is_empty());
    let left: Vec<&String> = kept.iter().filter(|name| !names.contains(name.as_str())).collect();
    assert!(left.is_empty(), "no scene is called {left:?}: delete what is kept of it");
}
