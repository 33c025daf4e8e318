### Ein Projekt steuern: anhalten, beginnen, messen; und Projekte, die es nicht gibt.

project-unknown = Das Projekt „{ $given }“ gibt es nicht; es gibt: { $known }.
project-none = Das Projekt „{ $given }“ gibt es nicht, und auch noch kein anderes. `/roundtable new` in Slack legt eins an, oder `roundtable project create`.
project-gone = Das Projekt { $project } gibt es nicht; es gibt: { $known }.
project-gone-none = Das Projekt { $project } gibt es nicht; es gibt noch keins.
project-taken = Ein Projekt { $project } gibt es schon; wähle einen anderen Namen.
project-changed = Jemand anders hat { $project } gerade geändert; sieh es dir an und versuch es noch einmal.
project-busy = { $project } wird gerade von anderen geändert; versuch es noch einmal.
project-changing = { $project } wird gerade von anderen geändert; bitte versuch es gleich noch einmal.

project-label-gone = Nicht gespeichert: Dieses Label wurde gerade entfernt. In der neuesten Nachricht stehen die richtigen.

project-none-open = Es ist keine Runde offen, also gibt es nichts abzuschließen.
project-paused = { $project } macht Pause; setze es zuerst fort.
project-round-on = { $state ->
        [closing] Runde { $round } von { $project } wird gerade abgeschlossen; danach kann die nächste beginnen.
       *[open] Runde { $round } von { $project } ist noch offen; danach kann die nächste beginnen.
    }
project-no-items = { $project } hat noch keine Einträge: leg zuerst eine CSV- oder JSONL-Datei in den Kanal.
project-all-labelled = Jeder Eintrag von { $project } hat sein Label: Es gibt nichts mehr zu fragen.
project-last-round = { $project } endet nach { $rounds ->
        [one] 1 Runde
       *[other] { $rounds } Runden
    }; erhöhe zuerst diese Zahl in den Einstellungen.

project-audit-labels = Eine Messung braucht 1 bis { $most } Labels, nicht { $given }.
project-audit-paused = { $project } macht Pause; setze es zuerst fort, sonst beginnt die Messung nie.
project-audit-nothing = Jeder Eintrag hat schon sein Label: Für eine Messung ist nichts mehr übrig.
