"""What students read, in the languages they read: the questions, the answers, and all around."""

from __future__ import annotations

from dataclasses import dataclass

LANGUAGES = {"en": "English", "es": "Español"}


@dataclass(frozen=True, slots=True)
class Words:
    """Every word of the students' pages in one language."""

    lang: str
    title: str
    lead: str
    questions: dict[str, tuple[str, str]]
    """Question → its words, and a plainer line under it."""
    answers: dict[str, str]
    interest_answers: dict[str, str]
    send: str
    read: str
    stop: str
    pick_one: str
    private: str
    thanks: str
    thanks_more: str
    enter: str
    enter_lead: str
    letters: str
    go: str
    mistyped: str
    unusable: str
    unusable_more: str
    wait: str
    skip: str
    scan: str

    def answers_to(self, question: str) -> list[tuple[str, str]]:
        """Return the answers to a question, code and words."""
        said = self.interest_answers if question == "interests" else self.answers
        return list(said.items())


ENGLISH = Words(
    lang="en",
    title="How is this lesson going for you?",
    lead="Four short questions. You may leave any of them out.",
    questions={
        "now": ("Where are you now?", "What you know or can do already."),
        "going": ("Where are you going?", "What you are working toward."),
        "how": ("How will you get there?", "What you will do next."),
        "interests": ("Does your teacher know what interests you?", ""),
    },
    answers={"clear": "I know", "partly": "I know a little", "not_yet": "Not yet"},
    interest_answers={"clear": "Yes", "partly": "A little", "not_yet": "Not yet"},
    send="Send my answers",
    read="Read aloud",
    stop="Stop reading",
    pick_one="Choose at least one answer, then send.",
    private="Nobody can tell who answered what. Your teacher sees numbers for the whole class, and "
    "only if five or more students answer.",
    thanks="Thank you",
    thanks_more="Your answers are counted. You can close this page.",
    enter="Your ticket",
    enter_lead="Type the nine letters on your ticket.",
    letters="Letters",
    go="Go on",
    mistyped="Please look at the letters again: one of them is different on a ticket. "
    "There are nine.",
    unusable="This ticket cannot be used",
    unusable_more="It may have been used already, its time may be over, or a letter may be "
    "different. Nothing is wrong with you: ask your teacher for another ticket.",
    wait="Many people are trying at once. Your ticket is still good. Wait a few seconds, then send "
    "again.",
    skip="Skip to the main part",
    scan="Scan, or type the letters there.",
)

SPANISH = Words(
    lang="es",
    title="¿Cómo te va en esta clase?",
    lead="Cuatro preguntas cortas. Puedes dejar sin responder las que quieras.",
    questions={
        "now": ("¿Dónde estás ahora?", "Lo que ya sabes o puedes hacer."),
        "going": ("¿Hacia dónde vas?", "Lo que quieres lograr."),
        "how": ("¿Cómo vas a llegar?", "Lo que harás después."),
        "interests": ("¿Sabe tu docente qué te interesa?", ""),
    },
    answers={"clear": "Lo sé", "partly": "Lo sé un poco", "not_yet": "Todavía no"},
    interest_answers={"clear": "Sí", "partly": "Un poco", "not_yet": "Todavía no"},
    send="Enviar mis respuestas",
    read="Leer en voz alta",
    stop="Dejar de leer",
    pick_one="Elige al menos una respuesta y envía.",
    private="Nadie puede saber quién respondió qué. Tu docente ve solo los números de todo el "
    "grupo, y solo si responden cinco estudiantes o más.",
    thanks="Gracias",
    thanks_more="Tus respuestas ya cuentan. Puedes cerrar esta página.",
    enter="Tu boleto",
    enter_lead="Escribe las nueve letras de tu boleto.",
    letters="Letras",
    go="Seguir",
    mistyped="Mira otra vez las letras: una es distinta en el boleto. Son nueve.",
    unusable="Este boleto no se puede usar",
    unusable_more="Tal vez ya se usó, terminó su tiempo o hay una letra distinta. No hiciste nada "
    "malo: pide otro boleto a tu docente.",
    wait="Muchas personas lo intentan a la vez. Tu boleto todavía sirve. Espera unos segundos y "
    "envía otra vez.",
    skip="Ir a la parte principal",
    scan="Escanea, o escribe ahí las letras.",
)


def words_for(asked: str | None, preferred: str | None) -> Words:
    """Return the words of the language asked for, or the one a browser prefers, or English."""
    known = {one.lang: one for one in (ENGLISH, SPANISH)}
    return known.get(asked or "") or known.get(preferred or "") or ENGLISH
