### Hilfe beim Labeln: was die Labels bedeuten, und warum nach einem Eintrag gefragt wird.

guidance-none = Dieses Projekt hat noch keinen Leitfaden. Wer es leitet, kann einen schreiben.
guidance-why = Warum werde ich gefragt?

## Warum nach einem Eintrag gefragt wird

# Solange seine Runde offen ist. $asked ist eins der looks-… unten; $others: wonach die Runde sonst noch fragt.
guidance-open = { $others ->
        [measured] Diese Runde fragt nach { $asked }, dazu nach einigen, die zufällig gezogen sind, um zu messen, wie gut das Modell ist. { guidance-told-later }
        [checked] Diese Runde fragt nach { $asked }, dazu nach einigen, mit denen vorhandene Antworten überprüft werden. { guidance-told-later }
        [both] Diese Runde fragt nach { $asked }, dazu nach einigen, die zufällig gezogen sind, um zu messen, wie gut das Modell ist, und nach einigen, mit denen vorhandene Antworten überprüft werden. { guidance-told-later }
       *[none] Diese Runde fragt nach { $asked }.
    }
guidance-told-later = Was davon auf diesen Eintrag zutrifft, steht hier, sobald die Runde abgeschlossen ist.

# Wenn sie vorbei ist.
guidance-audit = Dieser Eintrag wurde zufällig gezogen, um zu messen, wie gut das Modell ist; solange er dazu diente, lernte das Modell nicht aus ihm.
guidance-known = Die Antwort war schon bekannt. Solche Einträge werden ab und zu eingestreut, um zu sehen, wie gut Antworten und Bekanntes übereinstimmen.
guidance-again = Nach diesem Eintrag war schon gefragt worden; gewünscht war noch eine Meinung ({ $note }).
guidance-chosen = Dieser Eintrag wurde zum Lernen ausgewählt. Gefragt war nach { $asked }.
guidance-chosen-so = Dieser Eintrag wurde zum Lernen ausgewählt. Gefragt war nach { $asked } ({ $note }).

guidance-score = *Wert des Modells für { $label }:* { $score }
guidance-words = *Wörter, die für das Modell am meisten zählen*
# Hinter einem Wort des Eintrags.
guidance-pull = spricht { $strength ->
        [strong] deutlich { $side ->
            [to] für
           *[away] gegen
        }
        [little] ein wenig { $side ->
            [to] für
           *[away] gegen
        }
       *[some] { $side ->
            [to] für
           *[away] gegen
        }
    } { $label }

# Kleingedrucktes; mehrere davon stehen nebeneinander.
guidance-model = Modell { $version }
guidance-no-model = noch kein Modell
guidance-rank = Nummer { $rank } auf der Liste der lohnendsten Einträge
guidance-chance = solche Einträge hatten eine Chance von { $chance }, gezogen zu werden
guidance-judge = Das Modell irrt sich oft bei den Einträgen, nach denen es fragt: Es zählt dein eigenes Urteil.

## Wonach eine Strategie sucht, in Worten, die keine Statistik brauchen. Im Dativ: steht hinter „fragt nach“.

looks-stands-for-many = Einträgen, bei denen das Modell unsicher ist und die für viele andere stehen
looks-least-sure = Einträgen, bei denen das Modell am wenigsten sicher ist
looks-two-labels = Einträgen, bei denen sich das Modell kaum zwischen zwei Labels entscheiden kann
looks-little-confidence = Einträgen, bei denen das Modell seiner besten Vermutung wenig traut
looks-likely = Einträgen, die gut zu den seltenen gehören können, die gesucht sind
looks-mixture = einer Mischung aus Einträgen, bei denen das Modell unsicher ist, wahrscheinlichen Treffern und einigen zufälligen
looks-disagree = Einträgen, bei denen mehrere Modelle verschiedener Meinung sind
looks-mends = Einträgen, deren Antwort wohl die meisten Fehler des Modells an anderer Stelle behebt
looks-keywords = Einträgen mit einem der Stichwörter, mit denen dieses Projekt begonnen hat
looks-typical = Einträgen, die für viele andere typisch sind
looks-chance = zufällig gezogenen Einträgen
looks-unknown = dem, was die Strategie { $strategy } auswählt
