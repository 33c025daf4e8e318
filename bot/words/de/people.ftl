### Was die Antworten verraten: Zeilen aus dem Bericht für alle, die Zahlen zu den Leuten für die Leitung, und strittige Einträge.

## Im Bericht für alle

people-differ = Zwei Leute sind sich bei { $share } von { $items ->
        [one] 1 Eintrag
       *[other] { $items } Einträgen
    } uneinig, auf die mehrere geantwortet haben.
people-ceiling = Zwei Leute sind sich bei { $share } von { $items ->
        [one] 1 Eintrag
       *[other] { $items } Einträgen
    } uneinig, auf die mehrere geantwortet haben: An den Antworten der anderen gemessen, hat eine einzelne Person ein F1 von { $ceiling } ({ $low } bis { $high }); dass ein Modell besser ist, lässt sich nicht zeigen.
people-effort = Eine Schätzung: Für jedes ausgewählte Label hätte es zufällig etwa { $times } gebraucht ({ $low } bis { $high }).
people-effort-unknown = Ersparte Labels gegenüber zufälligen: lässt sich noch nicht sagen ({ $why }).
people-over = über { $number }
people-alpha = ; Alpha { $alpha } ({ $low } bis { $high })

## Für die Leitung

people-title = { $project }: die Leute, nach Runde { $round }
people-more = und { $people } weitere
people-nobody = Noch hat niemand geantwortet.
people-note = Nur für die Leitung. Die Zahlen stammen von Antworten, die auch andere gaben oder die bekannt sind; wer wenige davon hat, gilt als etwa so sicher wie die anderen.
people-word = Wem ein Wort helfen könnte
people-gently = Oft lässt der Leitfaden etwas offen. Frag, was schwierig war, bevor du sagst, was richtig ist.
people-look = *Einen zweiten Blick wert*: Hier sind sich Leute uneinig, oder die Antwort ist zweifelhaft.
people-contested = Bekannte Antworten, die vielleicht falsch sind
people-contested-most = *{ people-contested }*: Die meisten sagen etwas anderes.
people-contested-spoken = { people-contested }: { $listed }.
people-contested-until = Sie bleiben, wie sie sind, bis die Leitung anders entscheidet; bis dahin werden Leute an ihnen gemessen.

# Eine Person, Teil für Teil; dazwischen steht „; “.
people-answers = { $who }: { $answers ->
        [one] 1 Antwort
       *[other] { $answers } Antworten
    }
people-right = richtig bei etwa { $share } ({ $low } bis { $high }), beurteilt an { $judged } davon
people-skipped = { $skips } übersprungen
people-unsure = { $times ->
        [one] einmal unsicher
       *[other] { $times } Mal unsicher
    }
people-not-known = wie oft richtig, ist nicht bekannt: Niemand sonst hat dieselben Einträge beantwortet
people-gold = von { $answers ->
        [one] 1 eingestreuten bekannten Antwort
       *[other] { $answers } eingestreuten bekannten Antworten
    } { $share } richtig ({ $low } bis { $high })
people-need = { $who }: { $why }
people-need-right = richtig bei etwa { $share } ({ $low } bis { $high }), die anderen bei { $others }
people-need-passed = hat { $share } der Einträge ausgelassen, die anderen { $others }

## Einträge, bei denen Leute sich uneinig sind. Nie, wer was gesagt hat.

disputes-title = *Am strittigsten*
disputes-note = Über einen davon zu sprechen hilft oft mehr als zehn weitere Antworten.
disputes-quoted = „{ $text }“
disputes-no-text = kein Text
disputes-go = zum Eintrag
disputes-now = { $votes }; jetzt { $label }
disputes-open = { $votes }; noch offen
disputes-one = „{ $text }“ ({ $votes })
disputes-spoken = Am strittigsten: { $listed }.
