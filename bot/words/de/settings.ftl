### Die Einstellungen eines Projekts: wie sie heißen und was sie sind. Die Namen stehen auch in Sätzen; am Anfang einer Zeile wird der erste Buchstabe groß.

setting-name = Name
setting-channel = Kanal
setting-labels = Labels
setting-guidelines = Leitfaden
setting-multi-label = mehrere Labels je Eintrag
setting-positive = gesuchte Klasse
setting-language = Sprache
setting-leads = wer leitet
setting-annotators = wer labelt
setting-observers = wer nur zuschaut
setting-batch-size = Einträge pro Runde
setting-audit-per-round = Einträge, die nur messen
setting-overlap = Antworten je Eintrag
# Wenn es bei offener Runde geändert wurde.
setting-next-overlap = Antworten je Eintrag ab der nächsten Runde
setting-reask-per-round = noch einmal vorgelegte Einträge
setting-gold-per-round = eingestreute bekannte Antworten
setting-schedule = wann Runden beginnen
setting-timezone = Zeitzone
setting-deadline-minutes = wann eine Runde endet
setting-max-rounds = Runden höchstens
setting-planned-labels = geplante Labels
setting-items-in = wo Einträge erscheinen
setting-reactions = Emojis, die für Labels stehen
setting-suggestions = Vorschläge
setting-target = worauf das Modell abgestimmt wird
setting-strategy = wie Einträge ausgewählt werden
setting-seed-patterns = Wörter für den Anfang
setting-features = was das Modell von einem Text sieht
setting-report-schedule = wann Berichte außerhalb der Runden kommen
setting-report-to = wohin diese Berichte gehen
setting-lead-notes = Hinweise an die Leitung, wie alle zurechtkommen
setting-reminders = Erinnerungen

## Gruppen davon

setting-group-about = Worum es geht
setting-group-people = Wer dabei ist
setting-group-rounds = Runden
setting-group-learning = Wie es lernt
setting-group-reports = Berichte und Erinnerungen

## Was sie sind

setting-yes = ja
setting-no = nein
setting-none = keine
setting-as-before = wie bisher
setting-nobody = niemand
setting-nobody-leads = niemand namentlich
setting-everybody = alle im Kanal
setting-overlap-next = { $now }; ab der nächsten Runde { $next }
setting-when-at-once = Sofort, wenn die vorige fertig ist
setting-when-never = Nie
setting-when-weekdays-9 = Werktags um 9:00
setting-when-weekdays-14 = Werktags um 14:00
setting-when-daily = Täglich um 9:00
setting-when-mondays = Montags um 9:00
setting-when-twice = Montags und donnerstags um 9:00
setting-when-monthly = Am Ersten jedes Monats um 9:00
setting-when-cron = { $cron } (Minute, Stunde, Tag, Monat, Wochentag)
setting-deadline-none = wenn alles beantwortet ist
setting-deadline-hours = nach { $hours } h, oder wenn alles beantwortet ist
setting-rounds-any = so viele wie nötig
setting-planned-none = keine Zahl
setting-in-thread = Im Thread der Nachricht zur Runde
setting-in-channel = Direkt im Kanal
setting-to-channel = In den Kanal
setting-to-leads = An die Leitung, privat
setting-to-both = An beide
setting-target-f1 = bestes F1: Präzision und Trefferquote gleich wichtig
setting-target-precision = Präzision von mindestens { $share }
setting-target-recall = Trefferquote von mindestens { $share }
setting-target-cost = so viele Fehlalarme wiegt ein übersehener Fall auf: { $alarms }
setting-features-tfidf = Wörter und Wortteile (tfidf)
setting-features-hashed = Wörter und Wortteile, für sehr große Bestände (hashed)
setting-features-embeddings = ganze Sätze (embeddings)
setting-strategy-default = Standard: unsichere und typische Einträge
setting-strategy-entropy = Die unsichersten Einträge
setting-strategy-diverse = Unsichere Einträge, die sich nicht ähneln
setting-strategy-committee = Einträge, bei denen mehrere Modelle uneins sind
setting-strategy-likely = Einträge, die wahrscheinlich gesucht sind
setting-strategy-hybrid = Gemischt: unsicher, wahrscheinlich gesucht, zufällig
setting-strategy-error = Kleinster erwarteter Fehler (langsam: Minuten pro Runde)
setting-strategy-random = Zufällige Einträge, zum Vergleich
