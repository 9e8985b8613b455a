"""Why we visit classrooms, said for each audience: our words, until a district writes its own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """One page: a title, a body whose paragraphs are parted by an empty line, and two lists.

    The lists are words to use (`say`) and words to avoid, one a line.
    """

    title: str
    body: str
    say: str
    avoid: str

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The body, paragraph by paragraph."""
        return tuple(part.strip() for part in self.body.split("\n\n") if part.strip())

    @property
    def words_to_use(self) -> tuple[str, ...]:
        """One line each."""
        return _lines(self.say)

    @property
    def words_to_avoid(self) -> tuple[str, ...]:
        """One line each."""
        return _lines(self.avoid)


def _ours(title: str, body: str, say: str, avoid: str) -> Text:
    """A text of ours, whose lines are folded here and whole everywhere else."""
    folded = (" ".join(part.split("\n")) for part in body.split("\n\n"))
    return Text(title, "\n\n".join(folded), say, avoid)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


AUDIENCES = {
    "why": "Why we visit",
    "staff": "For staff",
    "families": "For families",
    "board": "For the board",
}

TEXTS = {
    "why": _ours(
        title="Why we visit classrooms",
        body="""\
We visit because good teaching is mostly invisible to everyone who is not in the room. A short
visit lets one more person see what students are doing and thinking, and lets the teacher hear it
back in plain words.

We look for practices that teachers here already know. Each one belongs to a part of our own
framework, so nothing on the list is new work. Where a practice is already strong, the visit says
so first.

We take special care of students’ talk. When students work at their own pace or on devices, a room
can become quiet without anyone deciding that it should. So we count, for a few moments, who is
talking with a classmate about the content. If talk is thinning out, we say it early and suggest
one small way to bring it back. Quiet that is meant, for writing or for a test, is respected.

Some things are better without devices, and we say that too. A teacher or a school can mark a part
of the work as not blended on purpose. That is a decision, and it counts as one.

After a visit the teacher gets a page the same day: what was strong, a note on talk, one next
step, one question. Every sentence points at what was seen. The teacher can answer, add what the
visitor could not see, and see who can read it.

A visit is never a rating. There is no score, no ranking, and no comparison of people.""",
        say="""\
What was seen in these minutes
Students talking with students about the content
One next step
Not blended on purpose""",
        avoid="""\
Score, rating, rank
Caught, checked up on
Not seen, when “not there” is meant""",
    ),
    "staff": _ours(
        title="What a visit is, and what it is not",
        body="""\
This year we visit classrooms for five to fifteen minutes, quietly, with nothing to prepare. You
will know beforehand what we look for: it is on one page, in the codes of our own framework, and
it is the same page the visitor holds.

While we are there we tap what we see, count a few times what all students are doing at one
instant, and may ask a student or two: Where are you now? Where are you going? How will you get
there? We write down no student’s name and take no pictures.

The same day you get one page: what was strong, a note on students’ talk, one next step, one
question. Each sentence shows what it rests on. You can answer it, and you can add what the
visitor missed. Your answer stays with the page for good.

“Not seen” means only that. It does not mean that something is not there, and nobody reads it that
way.

What you work on with a coach stays between you and the coach. Others see that a coaching visit
took place on a day, and nothing else.

If a visit was started for evaluation, it says so before it begins, and that cannot be changed
afterward in either direction.""",
        say="""\
We saw, we heard, we counted
Try, keep, add, bring back
Here is what it rests on
What did we miss?""",
        avoid="""\
You should, you need to, you did not
Score, rating, level, compliance
Good job, weak, lacking
Names of programs, where the practice is meant""",
    ),
    "families": _ours(
        title="Why adults visit your child’s classroom",
        body="""\
Now and then a principal or another teacher spends a few minutes in your child’s classroom. They
come to see how students learn, so that teachers get useful ideas from each other.

We look for simple things. Can students say what they are learning? Do they talk with each other
about it? Do they have a choice that matters? When they are stuck, do they know what to do?

Many classes use devices for part of the work. That can help students go at a pace that fits. It
must not replace talking, asking and explaining, because that is how ideas grow. So during a visit
we look whether students talk with each other about what they learn, and if they talk less than
they should, we do something about it. Some lessons are better without devices, and then there are
none.

Nobody writes down your child’s name, takes a picture or records a voice. Sometimes a visitor asks
a student a question such as “What are you working on?”. Students may say no.

You are welcome to ask us what we look for. The list is short, and it is the same one that
teachers have.""",
        say="""\
Students talking about what they learn
A pace that fits, and time together
A short visit to see how students learn
You are welcome to ask""",
        avoid="""\
Names of programs and companies
Walkthrough, look-for, blended, framework, data
Monitoring, tracking
Promises about results""",
    ),
    "board": _ours(
        title="What classroom visits tell us, and what they do not",
        body="""\
Principals and coaches visit classrooms for a few minutes at a time and give each teacher one page
of evidence the same day. The purpose is better teaching through feedback that is read and
answered.

What we report to you are counts of classrooms and visits, never of persons: how many schools are
visited, how many teachers have had feedback and answered it, how often students were seen talking
with each other about the content, and which practices need support. Where a group is so small
that somebody could be recognized, we leave the number out and say so.

We pay particular attention to students’ talk. Where students work at their own pace or on
devices, talk can disappear without a decision. Our visits show where it is kept, where it is at
risk and where it has been displaced, by a rule that anybody can repeat.

Visits are samples. A few minutes do not describe a teacher, and a few visits do not describe a
school. We therefore report a range beside each share and compare whole schools only over whole
terms.

Time spent visiting helps only when it leads to conversation and support. What we ask you to watch
is therefore the share of visits whose feedback was read, answered and followed up, and not the
number of visits.

These figures are not used to evaluate teachers, to rank schools or to choose programs. Coaching
is confidential and is in none of them.""",
        say="""\
Visits, classrooms and schools, as counts
A range beside each share
Feedback that was read and answered
Talk kept, at risk, displaced""",
        avoid="""\
Scores and rankings of teachers or schools
One number for quality
Cause, where only a count is known
Names of programs and companies""",
    ),
}
