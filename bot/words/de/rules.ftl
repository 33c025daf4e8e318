### Was an den Einstellungen eines Projekts nicht geht. Steht neben dem Feld eines Formulars und in der Kommandozeile.

rules-language = Die Sprache { $given } gibt es nicht; es gibt { $known }.
rules-name-empty = „{ $given }“ hat weder Buchstaben noch Ziffern, aus denen sich eine ID machen ließe; gib dem Projekt einen anderen Namen.
rules-labels-few = Ein Projekt braucht mindestens zwei Labels, keins davon leer, z. B. negativ und sonstige.
rules-labels-many = Ein Projekt hat höchstens { $most } Labels, so viele passen in ein Menü; das hier sind { $given }.
rules-labels-same = Zwei Labels sind gleich; jedes braucht seinen eigenen Namen.
rules-labels-controls = In einem Label stecken Steuerzeichen; schreib es neu.
rules-label-long = Das Label „{ $label }…“ ist länger als die 75 Zeichen, die auf einen Knopf in Slack passen.
rules-positive = Die gesuchte Klasse „{ $given }“ ist keins der Labels ({ $labels }).
rules-guideline-of = Es gibt einen Leitfaden für „{ $label }“, aber das ist keins der Labels ({ $labels }).
rules-guideline-long = Der Leitfaden für „{ $label }“ hat { $given } Zeichen; zeigen lassen sich 1 bis { $most }.
rules-emoji-name = „{ $given }“ ist kein Name eines Emojis wie white_check_mark.
rules-emoji-twice = Das Emoji { $emoji } steht für zwei Labels; jedes braucht sein eigenes.
rules-emoji-several = Das Emoji { $emoji } soll für „{ $label }“ stehen; das geht hier nicht, weil Einträge mehrere Labels haben können.
rules-emoji-label = Das Emoji { $emoji } soll für „{ $label }“ stehen, aber das ist keins der Labels.
rules-audit = { $audit } Messeinträge passen nicht in einen Stapel von { $batch }; nimm mehr Einträge pro Runde oder weniger Messeinträge.
rules-no-id = „{ $given }“ ist keine ID einer Person (U…) oder Nutzergruppe (S…); kopiere sie aus dem Profil in Slack.
rules-unknown-person = Slack kennt niemanden mit der ID { $given }; kopiere sie dort aus dem Profil.
rules-observers = Niemand kann leiten oder labeln und zugleich nur zuschauen; nimm die Person aus einer der Listen.

## Wann etwas fällig ist

rules-timezone = „{ $given }“ ist keine Zeitzone; gib einen IANA-Namen an, z. B. Europe/Berlin oder UTC.
rules-schedule = „{ $given }“ ist kein Zeitplan; gib fünf Felder an: Minute, Stunde, Tag, Monat, Wochentag, z. B. 0 9 * * 1-5.
rules-schedule-never = „{ $given }“ kommt nie; prüfe Tag und Monat.
rules-reports-often = „{ $given }“ kommt öfter als einmal pro Stunde, so viel liest niemand; gib eine einzige Minute an, z. B. 0 9 * * 1.

## Werte, die eine Einstellung nicht haben kann; field ist ihr Name.

rules-too-long = { $field }: höchstens { $most ->
        [one] 1 Zeichen
       *[other] { $most } Zeichen
    }; bitte kürzer.
rules-one-of = { $field } kann nicht „{ $given }“ sein; wähle { $known }.
rules-at-least = { $field } kann nicht { $given } sein; nimm mindestens { $least }.
rules-at-most = { $field } kann nicht { $given } sein; nimm höchstens { $most }.
rules-can-not-be = { $field } kann nicht „{ $given }“ sein.

## Ziele und Strategien

rules-target-unknown = „{ $given }“ ist kein Ziel; schreib f1, precision>=0.9, recall>=0.8 oder cost:5 (ein übersehener Fall wiegt 5 Fehlalarme auf).
rules-target-cost = Ein übersehener Fall muss mehr als 0 Fehlalarme kosten.
rules-target-share = { $figure } muss zwischen 0 und 1 liegen, nicht bei { $given }.
rules-strategy-unknown = Die Strategie „{ $given }“ gibt es nicht; es gibt { $known }.
rules-strategy-shares = „{ $given }“ ist nicht lesbar; schreib drei Anteile, die zusammen 1 ergeben: unsicher, wahrscheinlich gesucht, zufällig, wie in hybrid:0.6,0.3,0.1.
rules-strategy-cap = „{ $given }“ ist nicht lesbar; schreib hinter eine Strategie, wie viele Einträge einer Gruppe in einen Stapel dürfen, mindestens 1, wie in entropy:cap=3.
rules-strategy-one-question = { $given } wägt nur die Antworten auf eine einzige Frage ab; nimm für Einträge mit mehreren Labels eine andere Strategie, z. B. default, entropy oder committee.

## Was eine langsame Strategie kostet

rules-cost = { $strategy } rechnet in jeder Runde { $times }, auf einem Kern und unabhängig von der Größe des Bestands (entropy: { $quick } s bei { $items } Einträgen); auf echten Daten war sie nicht besser als entropy.
rules-cost-both = { $one } und { $other }
rules-cost-time = { $time } mit { $labels } Labels
rules-cost-seconds = etwa { $time } s
rules-cost-minutes = etwa { $time } min
