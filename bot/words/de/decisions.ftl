### Was Leute neben den Antworten entscheiden: Meldungen, Korrekturen, Entscheidungen der Leitung; und ihr Teil der Startseite.

## Eine Meldung

flag-title = Eintrag melden
flag-submit = Melden
flag-question = Was stimmt mit diesem Eintrag nicht?
flag-own = Du hast diesen Eintrag gemeldet. { $looked ->
        [yes] Die Leitung hat ihn sich seitdem angesehen.
       *[no] Die Leitung hat ihn sich noch nicht angesehen.
    } Du kannst deine Meldung ändern oder zurücknehmen.
flag-take-back = Meldung zurücknehmen
flag-noted = *Notiert, danke.* Wer dieses Projekt leitet, liest, was du geschrieben hast, und sieht sich den Eintrag an.
flag-taken-back = Deine Meldung ist zurückgenommen.
flag-none = Hier gibt es keine Meldung von dir.
flag-reason = Sag in ein paar Worten, was damit nicht stimmt.

## Eine Korrektur

correct-title = Antwort korrigieren
correct-question = Was ist richtig?
correct-why = Warum?
correct-for-leads = Deine Antworten zählen in diesem Projekt nicht; was du hier sagst, geht an die Leitung, und die entscheidet.
correct-own = Deine Antwort ist { $label }.
correct-own-late = Deine Antwort ist { $label }. Die Runde ist abgeschlossen; das Modell wird aus einer Änderung lernen.
correct-no-answer = Du hast noch nicht geantwortet.
correct-no-answer-late = Du hast noch nicht geantwortet. Die Runde ist abgeschlossen; das Modell wird aus deiner Antwort lernen.
correct-no-item = In dieser Nachricht gibt es nichts zu korrigieren. *Correct this prediction* geht bei Nachrichten von Roundtable, die einen Eintrag zeigen, ob offen oder abgeschlossen. Deine letzten Antworten stehen auf der Startseite dieser App, mit „Ändern“ daneben.
correct-voted = Deine Antwort ist jetzt *{ $label }*.
correct-late = Deine Antwort ist jetzt *{ $label }*. Das Modell wird daraus lernen.
correct-noted = *Notiert, danke.* Die Leitung sieht, dass du *{ $label }* sagen würdest, und entscheidet.
correct-unchanged = Deine Antwort ist schon *{ $label }*; es wurde nichts geändert.
correct-reason-noted = Deine Antwort ist wie zuvor *{ $label }*; dein Grund ist notiert.
correct-overridden = Deine Antwort ist jetzt *{ $label }*. Der Eintrag behält das Label, für das sich die Leitung entschieden hat.
correct-reason = Die Runde ist abgeschlossen: Sag in ein paar Worten, warum du deine Antwort änderst.
correct-learning = Das Modell lernt gerade aus dieser Runde; bitte versuch es in einer Minute noch einmal.

## Eine Entscheidung der Leitung

decide-title = Entscheiden
# Titel eines Fensters: 24 Zeichen.
decide-title-of = Strittig: { $project }
decide-submit = Entscheiden
decide-here = Hier, weil { $why ->
        [flag] jemand den Eintrag gemeldet hat
        [correction] jemand das Label falsch findet
        [tie] es unentschieden steht
        [unsure] niemand sicher war
       *[split] nicht alle gleich antworten
    }. Insgesamt { $left ->
        [one] wartet 1 Eintrag
       *[other] warten { $left } Einträge
    } auf eine Entscheidung.
decide-later = Später
decide-label = Das richtige Label
decide-why = Warum? Wer den Eintrag ansieht, kann es lesen.
decide-withdraw = Entscheidung zurücknehmen: Die Antworten entscheiden wieder
decide-settle = Angesehen: Das Label bleibt, wie es ist
decide-model = Als das Modell nach diesem Eintrag fragte, hatte er noch kein Label; es hätte { $label } gesagt. Sein Wert für { $positive } war { $score } (Modell { $version }).
decide-choose = Wähle ein Label.
decide-reason = Gib einen Grund an, damit alle sehen, warum.
decide-one-box = Kreuze höchstens eines davon an.
decide-no-label = „{ $label }“ ist kein Label von { $project } mehr; schließ dieses Fenster und öffne es neu.
decide-too-long = Das sind { $characters } Zeichen; { $most } genügen.
decide-decided = Entschieden: *{ $label }*.
decide-withdrawn = Die Entscheidung ist zurückgenommen: Die Antworten entscheiden wieder.
decide-withdrawn-before = Diese Entscheidung war schon zurückgenommen: Die Antworten entscheiden.
decide-settled = Notiert. Das Label bleibt, wie es ist.
decide-settled-before = Das hatte sich schon jemand angesehen. Das Label bleibt, wie es ist.
decide-last = *Das war der letzte.* Du hast { $left ->
        [one] 1 Eintrag
       *[other] { $left } Einträge
    } auf später verschoben.
decide-nothing = *Nichts wartet auf eine Entscheidung. Danke!*

## Was zu einem Eintrag gesagt wurde, je eine Zeile. Davor steht, wer es sagt.

said-imported = Importiert
said-unsure = unsicher
said-label = Label: { $label }
said-nobody = Noch hat niemand geantwortet.
said-somebody = Jemand
said-more = und { $lines } weitere
said-note = { $kind ->
        [flag] hat ihn gemeldet
        [correction] sagt, richtig ist { $label }
        [override] hat sich für { $label } entschieden
        [settle] hat ihn sich angesehen
       *[vote] zu { $label }
    }
said-with-reason = { $said }: „{ $reason }“

## Was wartet, auf der Startseite und im Stand

waits-kind = { $why ->
        [flag] { $items } gemeldet
        [correction] { $items } korrigiert
        [tie] { $items } unentschieden
        [unsure] { $items } unsicher
       *[split] { $items } uneinig
    }
waits-for-lead = { $items ->
        [one] 1 Eintrag wartet
       *[other] { $items } Einträge warten
    } auf eine Entscheidung der Leitung ({ $kinds }).
waits-for-you = { $items ->
        [one] 1 Eintrag wartet
       *[other] { $items } Einträge warten
    } auf deine Entscheidung.
waits-decide = Entscheiden
waits-decide-of = Entscheiden: { $project }
waits-change = Ändern
waits-change-of = Entscheidung ändern: { $text }
waits-decided = Entschieden als { $label }: „{ $text }“
