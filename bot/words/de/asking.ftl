### Bemerkungen zu einem Eintrag, nach dem gefragt wird: was statt der Auswahl der Strategie kam, oder warum noch einmal. In Klammern, in „Warum werde ich gefragt?“.

remark-no-model-keywords = noch kein Modell, daher zuerst Einträge mit einem Stichwort, dann die Strategie { $strategy }
remark-no-model-typical = noch kein Modell, daher zuerst typische Einträge, dann die Strategie { $strategy }
remark-no-training-labels = keine Labels zum Lernen zur Hand: Einträge, bei denen das Modell am wenigsten sicher ist, statt der Auswahl von { $strategy }
remark-not-two-classes = { $strategy } braucht zwei Labels und Antworten zum Lernen: stattdessen Einträge, bei denen das Modell am wenigsten sicher ist
remark-more-of-a-cluster = mehr als { $cap } einer Art, denn sonst gab es nur { $items ->
        [one] 1 Eintrag
       *[other] { $items } Einträge
    }

again-doubt = { $differ ->
        [yes] noch einmal gefragt: Die Meinungen gehen auseinander ({ $votes })
       *[no] noch einmal gefragt: Das Label ist zu { $sure } sicher ({ $votes })
    }
again-otherwise = andere Antworten als die bekannte
again-known-import = bekannte Antwort eingestreut (Import)
again-known-override = bekannte Antwort eingestreut (Entscheidung)

## Stichwörter, mit denen ein Projekt beginnt

keyword-length = Das Stichwort „{ $keyword }“ ist leer oder länger als { $most } Zeichen.
# $fault: auf Englisch, von der Bibliothek, die ihn liest.
keyword-expression = { $keyword } ist kein regulärer Ausdruck: { $fault }.
