//! At the door of the made-up place: those who wait, who were asked, declined or let in.

use super::*;

impl Stage<'_> {
    /// Three who wait, one of them asked and answered; one who was declined; one who is half way in.
    pub(super) async fn applications(&self) -> Result<(), Error> {
        let grow = self
            .apply(16 * DAY_S, "growmax", "Great community! We supply garden centres nationwide.", "")
            .await?;
        self.answer_no(15 * DAY_S, &grow).await?;
        let why = "I mend clocks, and the one in your square is four minutes slow. A friend said that you would rather \
                   hear that from a neighbour than from a stranger, so I would like to become one.";
        let hello = "Good evening. Marguerite, clocks and barometers, three cats, one of them deaf. I am on Lock Side, \
                     above the chandler's. I can help with anything that ticks and I am looking for people who are late.";
        self.apply(53 * HOUR_S, "marguerite", why, hello).await?;
        let why = "My grandfather kept bees with Padraig's father. I have his frames in the old size, about forty, and I \
                   do not want to sell them to somebody who turns them into lamps.";
        self.ask_at_the_door().await?;
        let osei =
            self.apply(27 * HOUR_S, "osei", why, "Hello from Osei. Bees, once; now mostly buses.").await?;
        self.ask_back(20 * HOUR_S, &osei).await?;
        self.at(15 * HOUR_S);
        let text =
            "Yes, in pencil, on each of them: 1961 to 1978. He wrote the weather on them, too.".to_owned();
        self.service.call(&osei, AnswerApplicationQuestion { text }).await?;
        let why = "私は大阪の学生です。 I translate for fun and Hanae told me about the poem thread. I would like to read along \
                   and, slowly, to write.";
        self.apply(3 * HOUR_S, "tsukimi", why, "はじめまして。つきみです。").await?;
        self.vouches(&osei).await?;
        let started = self.start(HOUR_S, "brannoch").await?;
        self.accept(&started, 2).await
    }

    /// Three who were approved just now: two came in, and one waits for a seat, for the place grows slowly (D7). Their
    /// introductions are the newest posts, as their numbers say.
    pub(super) async fn waitlist(&self) -> Result<(), Error> {
        for (ago, handle, why) in [
            (3, "linnea", "I moved into the lock keeper's house and I know nobody here yet."),
            (2, "bartosz", "Tomasz says that you argue about solder. I would like to listen."),
            (1, "yusra", "I bake for the Saturday market and I have questions about rye."),
        ] {
            let guest = self.apply(ago * DAY_S, handle, why, "Hello all.").await?;
            if let Some(id) = self.application_of(ago, &guest).await? {
                let answer = "Welcome.".to_owned();
                self.ask(ago, "sysop", DecideApplication { id, approve: true, answer }).await?;
            }
        }
        Ok(())
    }

    /// What the sysop of this place wants to know besides; the choices lead to tags.
    pub(super) async fn ask_at_the_door(&self) -> Result<(), Error> {
        let choices = [
            "bread and what grows #baking",
            "radio and repair #radio",
            "books and poems #books",
            "just the fire",
        ];
        let ask = SaveQuestion {
            id: None,
            kind: QuestionKind::Many,
            words: "Which corner of the place do you think you will sit in?".to_owned(),
            required: true,
            of: AskedOf::All,
            choices: choices.map(str::to_owned).to_vec(),
        };
        self.ask(30 * HOUR_S, "sysop", ask).await.map(drop)
    }

    /// Answers what the place asks of its own, in a way of one's own: another choice for each applicant.
    async fn answer_questions(&self, caller: &Caller, why: &str) -> Result<(), Error> {
        for asked in self.service.call(caller, JoiningState).await?.asked {
            let (question, version) = (asked.question, asked.version);
            let count = i64::try_from(asked.asking.choices.len()).unwrap_or(1).max(1);
            let picked = i64::try_from(why.len()).unwrap_or(0) % count + 1;
            let text = "Only by sight, from the market.".to_owned();
            let chosen = vec![picked];
            self.service.call(caller, AnswerDoorQuestion { question, version, text, chosen }).await?;
        }
        Ok(())
    }

    /// Takes a handle at the door.
    async fn start(&self, age: i64, handle: &str) -> Result<Caller, Error> {
        self.at(age);
        let password = Some(NewPassword::from_host(super::super::PASSWORD)?);
        let request = StartJoining { handle: handle.to_owned(), password, keep_key: false, invite: None };
        let mut caller = Caller::GUEST;
        let started = self.service.call(&caller, request).await?;
        caller.become_member(started.identity);
        Ok(caller)
    }

    async fn accept(&self, caller: &Caller, rules_max: usize) -> Result<(), Error> {
        let charter = self.service.call(caller, ReadCharter).await?;
        for rule in charter.rules.iter().take(rules_max) {
            self.service.call(caller, AcceptRule { version: charter.version, no: rule.no }).await?;
        }
        Ok(())
    }

    /// Applies, from the handle to the last page.
    async fn apply(&self, age: i64, handle: &str, why: &str, introduction: &str) -> Result<Caller, Error> {
        let caller = self.start(age, handle).await?;
        self.accept(&caller, usize::MAX).await?;
        self.service.call(&caller, AnswerWhy { text: why.to_owned() }).await?;
        self.answer_questions(&caller, why).await?;
        self.service.call(&caller, WriteIntroduction { text: introduction.to_owned() }).await?;
        self.service.call(&caller, SubmitApplication).await?;
        Ok(caller)
    }

    async fn answer_no(&self, age: i64, applicant: &Caller) -> Result<(), Error> {
        let Some(id) = self.application_of(age, applicant).await? else { return Ok(()) };
        let answer = "Thank you for asking. We are people here and not customers, so we do not take in companies. If one \
                      of you gardens at home, that one is welcome.";
        self.ask(age, "sysop", DecideApplication { id, approve: false, answer: answer.to_owned() }).await
    }

    async fn ask_back(&self, age: i64, applicant: &Caller) -> Result<(), Error> {
        let Some(id) = self.application_of(age, applicant).await? else { return Ok(()) };
        let question = "What a lovely reason. Are the years still written on the frames?".to_owned();
        self.ask(age, "moderator", AskApplicant { id, question }).await
    }

    /// One who waits has friends here.
    pub(super) async fn vouches(&self, applicant: &Caller) -> Result<(), Error> {
        let Some(id) = self.application_of(14 * HOUR_S, applicant).await? else { return Ok(()) };
        let (wren, padraig) = (
            "Drives the 14 on Thursdays and waits when he sees me run. I would let him in for that alone.",
            "His grandfather taught mine to be stung quietly. The frames are real.",
        );
        for (age, who, words) in [(13 * HOUR_S, "padraig", padraig), (9 * HOUR_S, "wren", wren)] {
            if self.people.contains_key(who) {
                self.ask(age, who, Vouch { id, words: words.to_owned() }).await?;
            }
        }
        Ok(())
    }

    async fn application_of(&self, age: i64, applicant: &Caller) -> Result<Option<ApplicationId>, Error> {
        let waiting = self.ask(age, "sysop", ListApplications).await?;
        Ok(waiting.iter().find(|one| Who::Member(one.member) == applicant.who).map(|one| one.id))
    }
}
