### Wie es um Projekte steht: `/roundtable status`, Startseite und Hilfe.

## Stand: ein Satz für jedes

status-no-round = Noch keine Runde.
status-round-open = Runde { $round } ist offen: `{ $bar }` { $answered } von { $total } beantwortet.
status-round-open-until = Runde { $round } ist offen: `{ $bar }` { $answered } von { $total } beantwortet, offen bis { $until }.
status-round-over = Runde { $round } { $state ->
        [closing] wird gerade abgeschlossen
       *[closed] ist abgeschlossen
    }: `{ $bar }` { $answered } von { $total } beantwortet.
status-labels = { $labels ->
        [one] 1 Label
       *[other] { $labels } Labels
    }, davon { $positives } { $positive }; { $left ->
        [one] 1 Eintrag
       *[other] { $left } Einträge
    } noch im Bestand.
status-no-items = Als Nächstes: Wer das Projekt leitet, legt eine CSV-, TSV- oder JSONL-Datei mit den Texten in den Kanal des Projekts oder gibt ihre Adresse an: `/roundtable import https://…`.
status-by-label = Einträge je Label: { $listed }.
status-report = Nach Runde { $round }: Präzision { $precision }, Trefferquote { $recall }, F1 { $f1 }, { $threshold }.
status-report-unmeasured = Nach Runde { $round }: Über Präzision und Trefferquote lässt sich noch nichts sagen, { $threshold }.
status-learned = Seitdem hat das Modell aus späteren Änderungen gelernt (`{ $version }`, { $when }), { $threshold }; diese Werte sind von vorher.
status-no-model = noch kein Modell
status-threshold = Schwelle { $threshold }
status-thresholds = Schwellen { $listed }
status-paused = { $known ->
        [whowhen] Pausiert von { $who } { $when }
        [who] Pausiert von { $who }
        [when] Pausiert { $when }
       *[nothing] Pausiert
    }: keine neue Runde bis `/roundtable resume`.
status-next-round = Nächste Runde: { $when }.
status-messages = { $messages ->
        [one] 1 Nachricht wartet
       *[other] { $messages } Nachrichten warten
    } darauf, gesendet zu werden.
status-not-sent = Nicht gesendet: { $reasons }.

## Hilfe. Was getippt wird, ist nicht übersetzt.

help-status = wie es steht: Runde, Leute, Modell, was als Nächstes kommt
help-report = der Bericht der letzten Runde, oder von Runde n
help-people = für die Leitung: wer wie viel und wie richtig geantwortet hat, und was einen zweiten Blick wert ist
help-new = ein Projekt anlegen, in einem Formular
help-config = für die Leitung: die Einstellungen eines Projekts ändern; mit `show` lesen
help-import = für die Leitung: Einträge aus einer CSV-, TSV- oder JSONL-Datei im Web (oder zieh die Datei in den Kanal)
help-start = für die Leitung: die nächste Runde jetzt beginnen, auch wenn der Zeitplan später ist
help-audit = für die Leitung: die nächste Runde verwendet n Labels nur zum Messen
help-why = warum nach einem Eintrag gefragt wurde, mit seiner ID oder einem Link zu seiner Nachricht
help-log = für die Leitung: wer was am Projekt getan hat
help-export = für die Leitung: eine CSV-Datei, nur an dich
help-rollback = für die Leitung: zurück zu einem früheren Modell; ohne Version: welche es gibt
help-pause = keine neue Runde, bis es weitergeht; die offene kann noch beantwortet werden
help-resume = die Runden gehen weiter
help-close-round = die offene Runde jetzt abschließen, mit den Antworten, die da sind
help-help = diese Liste

## Startseite

home-new = Neues Projekt
home-no-project = Noch kein Projekt. `/roundtable new` legt eins an.
home-away = Wie es steht, lässt sich gerade nicht zeigen; komm in einer Minute auf diese Seite zurück.
home-more = und { $projects } weitere; frag in ihren Kanälen mit `/roundtable status`
home-project = *{ $project }* in { $channel }
home-contested = { $answers ->
        [one] 1 bekannte Antwort ist
       *[other] { $answers } bekannte Antworten sind
    } vielleicht falsch: `/roundtable people { $project }` sagt, welche, und was Leute antworten.
home-resume = Fortsetzen
home-pause = Pausieren
home-close = Runde abschließen
home-start = Runde beginnen
home-measure = Messen
home-change = Ändern
home-last-report = Berichte
home-import = Einträge hinzufügen
home-settings = Einstellungen
home-why = Warum ein Eintrag?
home-help = Hilfe
home-people = Leute
home-export = Exportieren
home-models = Frühere Modelle
home-log = Protokoll
# Ein Knopf, für Vorleseprogramme.
home-button-of = { $button }: { $project }

## Der ganze Text eines Eintrags

full-text-title = Ganzer Text
full-text-cut = Der Rest ist länger, als Slack zeigen kann.
