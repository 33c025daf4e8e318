### Ein Eintrag im Kanal, und die Knöpfe, die er mit der Warteschlange teilt.

button-skip = Überspringen
button-unsure = Unsicher
button-read-all = Alles lesen
button-guidelines = Leitfaden
button-flag = Melden
button-undo = Zurücknehmen

button-outdated = Dieser Knopf ist aus einer früheren Fassung der Nachricht und tut nichts mehr. Die neueste Nachricht hat die richtigen.
# Dasselbe auf der Startseite und in einem Fenster.
button-outdated-here = Dieser Knopf ist aus einer früheren Fassung von Roundtable und hat nichts getan. Öffne das hier bitte noch einmal.

# Was aus einer Antwort wurde, nur an die Person selbst.
vote-closed = Diese Runde ist abgeschlossen; darum zählt deine Antwort nicht.
vote-unknown = Nach diesem Eintrag wird nicht mehr gefragt; darum zählt deine Antwort nicht.
vote-nothing = Es gab keine Antwort von dir, die man zurücknehmen könnte.
vote-taken-back = Deine Antwort ist zurückgenommen.
vote-label-gone = „{ $label }“ ist kein Label von { $project } mehr; die Labels sind { $labels }.
vote-one-label = Bei { $project } trägt jeder Eintrag jetzt nur ein Label; die neueste Nachricht hat die richtigen Knöpfe.

## Die Frage

item-picture = Das Bild zu diesem Eintrag
item-place = Runde { $round }, Eintrag { $item }
item-where = { $project }, Runde { $round }, Eintrag { $item }
item-suggested = Das Modell würde sagen: { $label }. Stimmt das?

# Das Menü.
item-full-text = Ganzer Text
item-undo = Meine Antwort zurücknehmen
item-flag = Melden …

# Was bisher gesagt wurde, klein gedruckt; mehrere davon stehen nebeneinander.
item-flagged = gemeldet von { $people }
item-label = Label: { $label }
item-label-by = Label: { $label } ({ $outcome })
item-answered = beantwortet von { $people } ({ $votes } von { $wanted } gewünschten)
item-answered-more = beantwortet von { $people } ({ $votes } von { $wanted } gewünschten; noch eine Meinung würde helfen)
item-skipped = übersprungen von { $people }
item-unsure = unsicher: { $people }
item-decided = von der Leitung entschieden

# Für Vorleseprogramme und Benachrichtigungen: genügt allein, um zu antworten; darum heißt alles wie auf den Knöpfen.
item-spoken = { $where }: „{ $text }“ Zur Wahl: { $labels }, { button-unsure } oder { button-skip }.
item-spoken-several = { $where }: „{ $text }“ Wähle alles, was passt: { $labels }; oder { choices-none }, { button-unsure } oder { button-skip }.
item-spoken-so-far = { $spoken } Bisher { $state }.

# Wo die Antworten anderer verborgen sind, nur an die Person selbst.
item-own = Deine Antwort: { $label }. Niemand sieht sie, bevor dieser Eintrag sein Label hat.

## Der Vermerk, wenn die Runde vorbei ist

item-no-label = kein Label
item-change = Meine Antwort ändern
item-why-was = Warum wurde ich gefragt?
item-record = { $label }: „{ $text }“
item-record-spoken = { $where }, abgeschlossen: { $label }. „{ $text }“ { $outcome }
