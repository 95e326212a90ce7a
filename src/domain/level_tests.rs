//! The rule of levels: the marks themselves, that more never earns less, and that nobody goes up and down.

use proptest::prelude::*;

use super::*;

const NOW: Timestamp = Timestamp(1_795_348_800);

/// Exactly what a member has, one day before the next thing.
fn just_member() -> Facts {
    Facts { charter: true, days_here: 3, posts_read: 20, posts: 1, replies: 1, ..Facts::default() }
}

fn just_regular() -> Facts {
    Facts { days_here: 60, days_seen: 15, threads: 5, people: 3, ..just_member() }
}

fn rules() -> LevelRules {
    LevelRules::default()
}

fn held(level: Level) -> Held {
    Held { level, below_since: None }
}

#[test]
fn p4_each_mark_alone_keeps_a_newcomer_from_being_a_member() {
    assert_eq!(earned(&rules(), &just_member()), Level::Member);
    let less: [fn(&mut Facts); 5] = [
        |facts| facts.charter = false,
        |facts| facts.days_here = 2,
        |facts| facts.posts_read = 19,
        |facts| facts.posts = 0,
        |facts| facts.replies = 0,
    ];
    for take in less {
        let mut facts = just_member();
        take(&mut facts);
        assert_eq!(earned(&rules(), &facts), Level::Newcomer, "{facts:?}");
        let missing: Vec<i64> =
            steps(Level::Member, &rules(), &facts).into_iter().map(Step::missing).collect();
        assert_eq!(missing.iter().sum::<i64>(), 1, "{facts:?}");
    }
}

#[test]
fn p4_each_mark_alone_keeps_a_member_from_being_a_regular() {
    assert_eq!(earned(&rules(), &just_regular()), Level::Regular);
    let less: [fn(&mut Facts); 4] = [
        |facts| facts.days_here = 59,
        |facts| facts.days_seen = 14,
        |facts| facts.threads = 4,
        |facts| facts.people = 2,
    ];
    for take in less {
        let mut facts = just_regular();
        take(&mut facts);
        assert_eq!(earned(&rules(), &facts), Level::Member, "{facts:?}");
    }
    let without_charter = Facts { charter: false, ..just_regular() };
    assert_eq!(earned(&rules(), &without_charter), Level::Newcomer, "regulars are members first");
}

/// P4: 0.9 of the mark for 14 days, to the second.
#[test]
fn p4_losing_a_level_needs_a_long_fall() {
    // 13.5 of 15 days: 14 keep it, 13 do not.
    let keeps = Facts { days_seen: 14, ..just_regular() };
    assert_eq!(judge(&rules(), &keeps, held(Level::Regular), NOW), held(Level::Regular));
    let falls = Facts { days_seen: 13, ..just_regular() };
    let falling = judge(&rules(), &falls, held(Level::Regular), NOW);
    assert_eq!(falling, Held { level: Level::Regular, below_since: Some(NOW) });
    let almost = NOW.plus(14 * DAY_S - 1);
    assert_eq!(judge(&rules(), &falls, falling, almost), falling);
    assert_eq!(judge(&rules(), &falls, falling, almost.plus(1)), held(Level::Member));
    // One good day in between, and the two weeks begin anew.
    let back = judge(&rules(), &keeps, falling, almost);
    assert_eq!(back, held(Level::Regular));
    assert_eq!(judge(&rules(), &falls, back, almost.plus(1)).level, Level::Regular);
}

fn any_facts() -> impl Strategy<Value = Facts> {
    let counts = (0..80i64, 0..30i64, 0..4i64, 0..4i64, 0..20i64, 0..8i64, 0..6i64);
    (any::<bool>(), counts).prop_map(
        |(charter, (days_here, posts_read, posts, replies, days_seen, threads, people))| Facts {
            charter,
            days_here,
            posts_read,
            posts,
            replies,
            days_seen,
            threads,
            people,
        },
    )
}

fn more(facts: Facts, by: Facts) -> Facts {
    Facts {
        charter: facts.charter || by.charter,
        days_here: facts.days_here + by.days_here,
        posts_read: facts.posts_read + by.posts_read,
        posts: facts.posts + by.posts,
        replies: facts.replies + by.replies,
        days_seen: facts.days_seen + by.days_seen,
        threads: facts.threads + by.threads,
        people: facts.people + by.people,
    }
}

fn any_held() -> impl Strategy<Value = Held> {
    let since = prop::option::of((-30 * DAY_S..DAY_S).prop_map(|ago| NOW.plus(ago)));
    (prop::sample::select(Level::ALL), since).prop_map(|(level, below_since)| Held { level, below_since })
}

proptest! {
    /// P4: more never earns less, whatever one had before.
    #[test]
    fn p4_the_rule_is_monotone(facts in any_facts(), by in any_facts(), held in any_held()) {
        let richer = more(facts, by);
        prop_assert!(earned(&rules(), &richer) >= earned(&rules(), &facts));
        prop_assert!(judge(&rules(), &richer, held, NOW).level >= judge(&rules(), &facts, held, NOW).level);
    }

    /// P4: asked again at once, the rule says the same; with the same numbers a level that was lost stays lost, and
    /// one that was won stays won, however long one asks.
    #[test]
    fn p4_the_same_numbers_never_flap(facts in any_facts(), held in any_held()) {
        let mut now = NOW;
        let mut last = judge(&rules(), &facts, held, now);
        prop_assert_eq!(judge(&rules(), &facts, last, now), last);
        let mut turns = 0;
        let mut went_up = last.level > held.level;
        for _ in 0..60 {
            now = now.plus(DAY_S);
            let next = judge(&rules(), &facts, last, now);
            if next.level != last.level {
                prop_assert!(!(went_up && next.level < last.level), "up and down again: {:?}", facts);
                prop_assert!(next.level < last.level, "the same numbers rise only at once: {:?}", facts);
                turns += 1;
            }
            went_up = false;
            last = next;
        }
        prop_assert!(turns <= 2);
        prop_assert_eq!(last.below_since, None, "60 days settle everything");
    }

    /// P4: numbers that dance about the mark, from nine tenths of it up, never take a level away.
    #[test]
    fn p4_dancing_about_the_mark_changes_nothing(days in prop::collection::vec(14..17i64, 1..90)) {
        let mut last = held(Level::Regular);
        for (day, days_seen) in (0..).zip(days) {
            let facts = Facts { days_seen, ..just_regular() };
            last = judge(&rules(), &facts, last, NOW.plus(day * DAY_S));
            prop_assert_eq!(last, held(Level::Regular));
        }
    }

    /// P4: the screen and the rule agree: nothing is missing for a level exactly when it is earned.
    #[test]
    fn p4_nothing_is_missing_exactly_when_it_is_earned(facts in any_facts()) {
        for level in [Level::Member, Level::Regular] {
            let below = Level::ALL.iter().filter(|below| **below <= level);
            let missing = below.flat_map(|level| steps(*level, &rules(), &facts)).map(Step::missing).sum::<i64>();
            prop_assert_eq!(missing == 0, earned(&rules(), &facts) >= level);
        }
    }
}
