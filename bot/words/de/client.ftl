### Der Bericht für die Kundschaft: eine HTML-Seite.

client-title = { $project }, Runde { $round }
client-comment = Der Bericht der Runde { $round } auf einer Seite, zum Drucken oder Weitergeben. Er nennt niemanden.
client-short = Bericht für die Kundschaft, Runde { $round }
client-when = { $when }. { $labels ->
        [one] 1 Label
       *[other] { $labels } Labels
    }, davon { $positives ->
        [one] 1 positiv
       *[other] { $positives } positiv
    }.
client-measured = Präzision: wie viel von dem, was das Modell markiert, richtig ist. Trefferquote: wie viel es von dem findet, was es markieren sollte. F1 ist ihr harmonisches Mittel. Gemessen wird an einer Zufallsstichprobe mit bekannten Wahrscheinlichkeiten (der Messung), aus der das Modell nie lernt; die Zahlen gelten für alle Einträge, die niemand zum Trainieren gelabelt hat. In Klammern stehen 95-%-Intervalle.

client-figures = Zahlen
client-figure = Zahl
client-now = Jetzt (95-%-Intervall)
client-trend = Über die letzten Runden

client-stands = Wie es steht
client-labels = Labels
client-plan = Gegenüber dem Plan
client-positives = Gefundene Positive
client-all-and-new = { $all } insgesamt, { $new } in dieser Runde
client-unlabelled = Noch ohne Label
client-unlabelled-flagged = { $items }, davon markiert das Modell { $flagged }
client-threshold = Schwelle
client-since = Seit der letzten Runde
client-certainty = Mehr Sicherheit
client-advice = Empfehlung

client-each-class = Jede Klasse
client-each-label = Jedes Label
client-model-says = Das Modell sagt
