### Der Bericht nach Zeitplan: wie es steht, die Zahlen der letzten Runde, was seit dem letzten solchen Bericht neu ist.

bulletins-title = { $project }: So steht es
bulletins-ending = Stand: { $when }. Kommt nach Zeitplan, neben den Berichten der Runden; den letzten gibt `/roundtable report` vollständig.

bulletins-no-round = Noch keine Runde.
bulletins-paused = Das Projekt macht Pause.
bulletins-round = Runde { $round } { $state ->
        [open] ist offen
        [closing] wird gerade abgeschlossen
       *[closed] ist abgeschlossen
    }: `{ $bar }` { $answered } von { $total } beantwortet.
bulletins-labels = { $labels ->
        [one] 1 Label
       *[other] { $labels } Labels
    }, davon { $positives } { $positive }; noch { $left ->
        [one] 1 Eintrag
       *[other] { $left } Einträge
    } im Bestand.

bulletins-learned = Das Modell hat seit dieser Runde aus späteren Änderungen gelernt ({ $when }); die Werte sind von vorher.
bulletins-measured = *Gemessen*
bulletins-measured-after = nach Runde { $round }, an { $answers ->
        [one] 1 Messantwort
       *[other] { $answers } Messantworten
    }
bulletins-after = Nach Runde { $round }: { $figures }.

# Was neu ist: „*Seit 2. März:* 3 neue Labels, davon 1 Spam; 1 Runde abgeschlossen.“.
bulletins-since = *Seit { $when }:* { $new }
bulletins-new = *Was neu ist:* { $new }
bulletins-first = Das ist der erste Bericht nach Zeitplan; der nächste vergleicht sich mit ihm.
bulletins-nothing = keine neuen Antworten.
bulletins-new-labels = { $labels ->
        [one] 1 neues Label
       *[other] { $labels } neue Labels
    }, davon { $positives } { $positive }
bulletins-closed = { $rounds ->
        [one] 1 Runde
       *[other] { $rounds } Runden
    } abgeschlossen
