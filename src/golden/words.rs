//! What people say on golden screens: every kind of mark-up, and the characters that terminals disagree on.

pub(super) const KETTLE: &str =
    "Who is for tea?\n\nIt sings in *five minutes*, and there is **gingerbread** too.";

pub(super) const LONG_ANSWER: &str = "I come as soon as the bread is out of the oven, which may be in an hour, or in \
    two, because this dough has a will of its own and I have learned not to argue with it.\n\nMeanwhile here is what I \
    thought about while kneading:\n\n- the cups with the blue rim are the good ones\n- the lamp over the table \
    flickers\n- somebody should look at the gutter before the snow\n\nThe first we keep. The second is a loose \
    screw.\n\nThe third is mine to do, and I have said so three times now, so this time it is written down where all \
    of you can see it.\n\n## After that\n\nWe could read on where we stopped. It was the chapter with the auction, and \
    nobody has told me yet how it ends, so please do not.\n\nOne more line, so that this post is longer than a small \
    screen.\n\nAnd the last line of it.";

pub(super) const SIGNS: &str = "お茶はいかがですか。寒い夜には温かいお茶が一番です。\n\nFamilies: 👨‍👩‍👧‍👦 and flags 🇯🇵🇩🇪 and a red heart ❤️ and \
    a thumb 👍🏽 stand in one line.\n\nمرحبا بالعالم stands beside שלום עולם here.";

pub(super) const MARKS: &str = "Combining: e\u{301}, n\u{303}, Z\u{351}\u{36b}\u{343}a\u{489}l\u{334}g\u{321}o\u{336}. \
    Half-width: ｶﾞｷﾞ. Full-width: ＡＢＣ. Keycap 1️⃣, warning ⚠️.\n\n```\n|日本|ab|\n|cd  |日 |\n```";

pub(super) const MARKDOWN: &str = "# Long nights\n\nWhat is *slow* and **good**, in no order:\n\n1. Middlemarch, for \
    patience\n2. The Pillow Book\n   - in small pieces\n   - with tea\n3. `grep -r love .`\n\n> A quote that somebody \
    made,\n> over two lines.\n>\n> > And one inside it.\n\nThe end is ||a wedding||, of course. More at \
    <https://example.org/winter/reading?list=long&nights=yes> and [in the library](https://example.org/library).\n\n\
    ```rust\nfn main() {\n    println!(\"a line of code that is longer than a small screen is wide, and is not \
    wrapped as words are\");\n}\n```\n\n---\n\nThat is all.";

pub(super) const QUESTION: &str =
    "Every time I scroll, the whole screen blinks once. Terminal: an old one, over ssh.";

pub(super) const CODE: &str = "Try this, and log in again:\n\n```\nexport TERM=xterm-256color\nssh testhob\n```\n\nIf it \
    still blinks, tell us what `echo $TERM` says.";

pub(super) const WHY: &str = "I like fires, bread and people who finish their sentences. Old Tom told me of this place \
    when we waited for the same train.";

pub(super) const HELLO: &str =
    "Hello all, I am Fay.\n\nI mend shoes, and I am trying to learn the accordion.";

pub(super) const ROOM_LINE: &str = "Morning. I was up at five with the dough, and it has risen so far that I had to take the \
    big bowl, the one with the crack.";
