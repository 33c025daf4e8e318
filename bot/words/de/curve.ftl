### Die Lernkurve als Diagramm, als Tabelle mit fester Breite und in Worten, und wie eine Zahl mit ihrem Intervall geschrieben wird.

curve-title = Lernkurve
curve-precision = Präzision
curve-recall = Trefferquote
curve-f1 = F1
curve-f1-low = F1 mindestens
curve-f1-high = F1 höchstens
curve-axis-rounds = Runde (Labels)
curve-axis-labels = Labels
curve-axis-percent = Prozent

curve-interval = { $point } ({ $low } bis { $high })
curve-between = zwischen { $low } und { $high }

# Spaltenköpfe mit fester Breite: höchstens 5, 7 und 18 Zeichen.
curve-column-round = Runde
curve-column-labels = Labels

# Was ein Bild der Kurve sagt. Jedes Ende: „Präzision 30 % bis 50 %“.
curve-alt = Lernkurve, Runde { $first } bis { $last }, { $start } bis { $end } Labels: { $ends }.
curve-alt-end = { $name } { $start } bis { $end }
curve-unknown = unbekannt

# Das Bild.
curve-picture = { $project }: Lernkurve bis Runde { $round }
curve-picture-short = Lernkurve, Runde { $round }
curve-picture-below = Bänder: 95-%-Intervalle. Die Labels sind alle, die vergeben wurden, auch die zum Messen.
