### Wer was darf: Eine Absage sagt, wer es kann.

# Was die Leitung tut; steht hinter „kann“ und „nicht“.
rights-what = { $what ->
        [pause] das Projekt pausieren
        [resume] das Projekt fortsetzen
        [close] seine Runde abschließen
        [start] eine Runde beginnen
        [audit] eine Messung verlangen
        [model] das Modell wechseln
        [export] exportieren
        [import] Einträge importieren
        [people] die Zahlen zu den einzelnen Leuten sehen
        [log] das Protokoll sehen
        [decide] strittige Einträge entscheiden
       *[settings] die Einstellungen ändern
    }
rights-leads-only = Nur wer { $project } leitet, kann { rights-what }.
rights-observer = Du schaust bei { $project } zu: Ansehen kannst du alles, aber nicht { rights-what }.
rights-create = Nur wer Projekte leitet, kann eines anlegen.
rights-observer-answers = Du schaust bei { $project } zu: Ansehen kannst du alles, aber deine Antworten zählen nicht.
rights-chosen = Bei { $project } antworten nur die, die dafür ausgewählt sind; deine Antwort wurde nicht gezählt.

## Wer es kann. Der zweite Text eines Paars ist für Stellen, an denen niemand erwähnt werden kann.

rights-ask-leads = Frag { $people } oder einen Admin dieses Workspace.
rights-ask-leads-unnamed = Frag die Leitung oder einen Admin dieses Workspace.
rights-ask-anybody = Frag jemand anderen im Kanal des Projekts.
rights-answer-named = Antworten können: { $people }.
rights-answer-unnamed = Wer antworten kann, legt die Leitung fest.
rights-answer-anybody = Antworten können alle anderen im Kanal des Projekts.

rights-no-directory = Hier kann niemand sagen, wer in der Nutzergruppe { $group } ist.
