### Ob sich weiteres Labeln lohnt: ein Satz, nach der Regel, die am meisten sagt.

advice = *Empfehlung* { $advice }

# Fast alles ist gefunden.
advice-found = Mindestens { $share } aller Einträge mit dem Label { $positive } sind gefunden (mit 95{"\u00A0"}% Sicherheit): Es gibt kaum noch etwas zu finden.
# Das Modell findet, was gewünscht war.
advice-recall = Das Modell findet mindestens { $share } aller Einträge mit dem Label { $positive } (mit 95{"\u00A0"}% Sicherheit), { $settled ->
        [yes] und seine Vorhersagen ändern sich nicht mehr
       *[no] auch wenn sich seine Vorhersagen noch ändern
    }: Wenn euch das reicht, könnt ihr aufhören.
advice-none-flagged = Weitermachen: Das Modell findet noch nichts, was { $positive } ist; dafür braucht es mehr davon unter seinen Labels.
advice-stable = Die Vorhersagen des Modells ändern sich kaum noch (Übereinstimmung mit der Runde davor { $kappa } von 1 oder mehr, drei Runden in Folge): Weitere Labels ändern daran wenig; wie gut sie sind, sagt das nicht.
advice-gain = 100 weitere Labels ändern F1 jetzt um { $low } bis { $high } Punkte: Weitermachen lohnt sich kaum.
advice-go-on = Weitermachen: Das Modell ändert sich noch von Runde zu Runde (Übereinstimmung mit der Runde davor { $now } von 1; stabil ist es, wenn das dreimal in Folge { $kappa } erreicht).

## Warum sich nicht sagen lässt, wie viele Labels gespart wurden

advice-effort-few-positives = { $needed ->
        [one] 1 positive Messantwort ist
       *[other] { $needed } positive Messantworten sind
    } nötig, es gibt { $there }
advice-effort-all-positive = alle Messantworten sind positiv
advice-effort-none-flagged = das Modell markiert nichts
advice-effort-few-chosen = { $needed ->
        [one] 1 von der Strategie gewähltes Label ist
       *[other] { $needed } von der Strategie gewählte Labels sind
    } nötig, es gibt { $there }
advice-effort-alike = zu wenige Messantworten, bei denen sich die Modelle unterscheiden
advice-effort-too-many = es gibt zu viele Labels, um zwischen den Runden andere zu versuchen
