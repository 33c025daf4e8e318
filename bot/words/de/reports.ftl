### Der Bericht einer Runde: ein einfacher Satz, dann die Zahlen, was sich geändert hat, was als Nächstes kommt.

reports-title = { $project }, Runde { $round }: Bericht

## Was die Zahlen bedeuten, ohne Fachwort. `positive` ist ein hervorgehobenes Label.

reports-no-model = Es gibt noch kein Modell: Zum Lernen braucht es Labels von mindestens zwei Arten, zusätzlich zu denen, die nur messen.
reports-too-few = Noch zu wenige Messantworten ({ $answers }), um zu sagen, wie gut das Modell { $positive } findet: Ein paar Runden mehr zeigen es.
# Anteile sind hier Spannen: „zwischen 0 % und 95 %“.
reports-too-early = Wie gut das Modell { $positive } findet, lässt sich noch nicht sagen; die Zahlen sind noch sehr unsicher: Von den Einträgen, die es markiert, sind { $precision } { $positive }, und es findet { $recall } von allen, die es sind, gemessen an { $answers ->
        [one] 1 Messantwort
       *[other] { $answers } Messantworten
    }.
reports-precision-uncertain = Welcher Anteil der Einträge, die das Modell markiert, { $positive } ist, ist noch sehr unsicher ({ $precision }); es findet { $recall } von allen, die es sind, gemessen an { $answers ->
        [one] 1 Messantwort
       *[other] { $answers } Messantworten
    }.
reports-recall-uncertain = Von den Einträgen, die das Modell markiert, sind { $precision } { $positive }; welchen Anteil es von allen findet, die es sind, ist noch sehr unsicher ({ $recall }), gemessen an { $answers ->
        [one] 1 Messantwort
       *[other] { $answers } Messantworten
    }.
reports-sentence = Von den Einträgen, die das Modell markiert, sind { $precision } { $positive }, und es findet { $recall } von allen, die es sind, gemessen an { $answers ->
        [one] 1 Messantwort
       *[other] { $answers } Messantworten
    }.
reports-finds-nothing = Das Modell findet noch nichts, was { $positive } ist: Von { $items ->
        [one] 1 Eintrag
       *[other] { $items } Einträgen
    } ohne Label markiert es { $flagged }, gemessen an { $answers } Messantworten.
reports-about = etwa { $point } (zwischen { $low } und { $high })

## Die Zahlen

reports-labels = Labels
reports-positives = Positive
reports-threshold = Schwelle
reports-agreement = Übereinstimmung
reports-flagged = Im Bestand markiert

# „650 (+50)“, „700 von 9.350“
reports-more = { $all } (+{ $new })
reports-of = { $part } von { $all }
reports-spent = { $spent } von { $planned } geplanten ({ $share })
reports-spent-over = { $spent } von { $planned } geplanten ({ $share }, { $over } darüber)
reports-no-threshold = noch keine
reports-threshold-for = { $threshold }, für { $target }
# Wofür die Schwelle gewählt ist.
reports-target-f1 = das beste F1
reports-target-precision = eine Präzision von { $share } oder mehr
reports-target-recall = eine Trefferquote von { $share } oder mehr
reports-target-cost = die geringsten Kosten, wenn ein übersehener Fall { $alarms } Fehlalarme aufwiegt
reports-no-agreement = nicht bekannt: Kein Eintrag hat zwei Antworten
reports-agreement-on = { $share } bei { $items ->
        [one] 1 Eintrag
       *[other] { $items } Einträgen
    }

## Was sich geändert hat

reports-since = *Seit der letzten Runde:* { $changed }
reports-threshold-moved = Schwelle von { $before } auf { $now }
reports-new-labels = { $positives } { $positive } unter { $labels ->
        [one] 1 neuen Label
       *[other] { $labels } neuen Labels
    }

## Das Kleingedruckte

reports-closed-complete = Abgeschlossen, weil jeder Eintrag beantwortet ist
reports-closed-deadline = Abgeschlossen, weil die Frist abgelaufen ist
reports-closed-lead = Abgeschlossen von der Leitung
reports-strategy = Strategie { $strategy }
reports-model = Modell { $model }
reports-model-none = noch kein Modell
reports-intervals = 95-%-Intervalle aus { $answers ->
        [one] 1 Messantwort
       *[other] { $answers } Messantworten
    } für { $items } Einträge
reports-suggested = der Vorschlag des Modells war zu sehen, und { $share } der Antworten zu { $items ->
        [one] 1 Eintrag
       *[other] { $items } Einträgen
    } stimmten ihm zu
reports-rechecked = { $answers ->
        [one] 1 Antwort
       *[other] { $answers } Antworten
    } zu Einträgen, die schon ein Label hatten; das sind keine neuen Labels
reports-unanswered = { $items ->
        [one] 1 Eintrag
       *[other] { $items } Einträge
    } ohne Label
reports-hard = { $items ->
        [one] 1 Eintrag
       *[other] { $items } Einträge
    } strittig, unsicher oder gemeldet

# Wo Einträge mehrere Labels tragen können, gelten manche Zahlen für eines davon.
reports-one-label = Empfehlung, gesparte Labels und Bilder gelten nur für { $label }

# Warum die Schwelle nicht die für ihr Ziel ist.
reports-unreached = { $target } ist noch nicht zu erreichen; diese Schwelle kommt dem am nächsten
reports-few-labels = nur { $labels ->
        [one] 1 Label
       *[other] { $labels } Labels
    } auf einer Seite: zu wenige, um eine Schwelle zu wählen, also gilt { $threshold }
reports-in-every = alle Einträge mit Antwort haben es; darüber ist noch nichts zu lernen
reports-in-none = kein Eintrag mit Antwort hat es; darüber ist noch nichts zu lernen
# Eines von mehreren Labels, die ein Eintrag tragen kann.
reports-note-of-label = { $label }: { $note }

## Was als Nächstes kommt

reports-last = Das war die letzte Runde: Es wird nichts mehr gefragt.
reports-next-paused = Das Projekt macht Pause: `/roundtable resume` beginnt Runde { $round }.
reports-next-at = Beginn von Runde { $round }: { $when }.
reports-next-now = Runde { $round } beginnt jetzt.

## Gefragt nach einem Bericht, den es nicht gibt

reports-none-of-round = Runde { $round } hat keinen Bericht; `/roundtable status` zeigt, wie es steht.
reports-none-yet = Es gibt noch keinen Bericht; der erste kommt, wenn die erste Runde abgeschlossen ist.
