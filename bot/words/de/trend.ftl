### Wie sich eine Zahl von Runde zu Runde bewegt.

# Die drei Zahlen in einem Satz.
trend-precision = Präzision
trend-recall = Trefferquote
trend-f1 = F1

trend-unchanged = { $name } unverändert bei { $now }
# „Präzision um 3 Punkte auf 58 % gestiegen (kann Zufall sein)“
trend-change = { $name } um { $points ->
        [one] 1 Punkt
       *[other] { $points } Punkte
    } auf { $now } { $way ->
        [up] gestiegen
       *[down] gefallen
    }{ $chance ->
        [yes] {" "}(kann Zufall sein)
       *[no] {""}
    }

# „49 % → 55 % → 62 %: steigend“
trend-line = { $values }: { $trend ->
        [rising] steigend
        [falling] fallend
        [mixed] mal mehr, mal weniger
       *[unclear] keine klare Änderung
    }
