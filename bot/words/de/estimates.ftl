### Was neben den drei Zahlen steht: wie viele Messantworten sie genauer machten, und die Zahlen jeder Klasse.

# Was es bräuchte, ist ein Satzteil: „etwa 120 weitere Messantworten zur Trefferquote“.
estimates-wanted = etwa { $more ->
        [one] 1 weitere Messantwort
       *[other] { $more } weitere Messantworten
    } { $figure ->
        [recall] zur Trefferquote
       *[precision] zur Präzision
    }
estimates-wanted-over = über { $most } weitere Messantworten { $figure ->
        [recall] zur Trefferquote
       *[precision] zur Präzision
    }
estimates-narrowing = Für ±10 Punkte bräuchte es { $wanted }.
estimates-narrowing-both = Für ±10 Punkte bräuchte es { $first } und { $second }.

# Spaltenköpfe mit fester Breite: der erste höchstens 16 Zeichen, auch die Mittel; die anderen 18.
estimates-class = Klasse
estimates-label = Label
estimates-threshold = Schwelle
estimates-mean-classes = Mittel (Klassen)
estimates-mean-labels = Mittel (Labels)

# Für alle, die sich die Nachricht vorlesen lassen. Die Liste: „Lob 50 % (30 % bis 70 %), Rest noch nicht bekannt“.
estimates-classes = F1 je Klasse: { $list }.
estimates-classes-mean = F1 je Klasse: { $list }; im Mittel { $mean }.
estimates-labels = F1 je Label: { $list }.
estimates-labels-mean = F1 je Label: { $list }; im Mittel { $mean }.
estimates-unknown = noch nicht bekannt
