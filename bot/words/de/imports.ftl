### Importe in Slack: die Nachricht zu einer Datei, ihre Frage, und was daraus wurde. { $file } ist ihr Name.

imports-looking = *{ $file }*: Ich sehe sie mir an.
imports-looking-size = *{ $file }* ({ $size } MB): Ich sehe sie mir an.
imports-begun = *{ $file }* wird in { $project } importiert: gerade begonnen.
imports-running = *{ $file }* wird in { $project } importiert: { $bar } { $rows ->
        [one] 1 Zeile
       *[other] { $rows } Zeilen
    } bisher.
imports-dropped = *{ $file }* wurde nicht importiert.
imports-dropped-by = *{ $file }* wurde nicht importiert; so entschieden hat { $person }.
imports-failed = *{ $file }* konnte nicht importiert werden. { $why }

## Die Frage

imports-question = *{ $file }*: Soll ich sie in { $project } importieren? Wähle, in welcher Spalte die Texte stehen und in welcher bekannte Labels ({ $labels }), falls es welche gibt.
imports-question-which = *{ $file }*: Soll ich sie importieren? Wähle, in welcher Spalte die Texte stehen und in welcher bekannte Labels ({ $labels }), falls es welche gibt.
imports-columns = Die Datei hat die Spalten { $columns }.
imports-first-row = Die erste Zeile: „{ $text }“
imports-for-good = Das Projekt hat schon Einträge. Was importiert ist, lässt sich nicht wieder herausnehmen.
imports-start = Importieren
imports-drop = Nicht importieren
imports-text-column = Spalte der Texte
imports-label-column = Spalte der Labels
imports-project = Projekt
imports-no-label = kein Label
# Eine Spalte ohne Namen, nach ihrer Stelle.
imports-column = Spalte { $place }

## Was daraus wurde

imports-done = *{ $file }* ist in { $project }: { $parts }, von { $rows ->
        [one] 1 Zeile
       *[other] { $rows } Zeilen
    }.
# Mit Kommas verbunden in imports-done.
imports-added = { $items ->
        [one] 1 Eintrag neu
       *[other] { $items } Einträge neu
    }
imports-known = { $items } schon da
imports-duplicates = { $items ->
        [one] 1 Dublette weggelassen
       *[other] { $items } Dubletten weggelassen
    }
imports-rejected = { $rows ->
        [one] 1 Zeile abgelehnt
       *[other] { $rows } Zeilen abgelehnt
    }
imports-labelled = { $items ->
        [one] 1 Eintrag kam mit einem Label.
       *[other] { $items } Einträge kamen mit einem Label.
    }
imports-conflicts = { $rows ->
        [one] 1 Zeile hatte ein anderes Label, als der Eintrag schon hat; das des Eintrags bleibt.
       *[other] { $rows } Zeilen hatten ein anderes Label, als der Eintrag schon hat; das des Eintrags bleibt.
    }
# { $reasons }: der nächste Text für jeden Grund, durch Komma getrennt.
imports-refused = Abgelehnt: { $reasons }. In der angehängten Datei steht jede mit Zeile und Grund.
# { $reason }: das Kürzel in der Datei. { $other }: dasselbe, für eines, das hier nicht bekannt ist.
imports-refused-reason = { $reason ->
        [bad-id] unbrauchbare ID
        [bad-url] keine Webadresse
        [columns] zu viele oder zu wenige Spalten
        [empty-text] leerer Text
        [json] kein JSON
        [long-text] Text zu lang
        [missing-column] Spalte fehlt
        [not-text] kein Text
        [nul] NUL-Zeichen
        [quotes] falsches Anführungszeichen
        [repeated-id] ID doppelt
        [too-long] Feld zu lang
        [unknown-label] unbekanntes Label
       *[other] { $other }
    } ({ $rows })
imports-rejects-title = Abgelehnte Zeilen aus { $file }
imports-rejects = Zeilen aus { $file }, die nicht importiert werden konnten. Verbessere sie und zieh die verbesserte Datei wieder hierher.

## Abgelegte Dateien und gedrückte Knöpfe

imports-not-seen = Slack konnte gerade nicht danach gefragt werden. Wenn Einträge darin sind, zieh sie noch einmal hierher.
imports-a-file = Eine Datei
imports-save-as = Roundtable liest CSV, TSV und JSONL; speichere sie so (in einer Tabellenkalkulation: als CSV, UTF-8) und zieh sie noch einmal hierher.
imports-choose-text = Wähle zuerst die Spalte der Texte.
imports-not-here = Dieses Projekt ist nicht in diesem Kanal; wähle eines aus dem Menü.
imports-not-waiting = { $file } wartet nicht mehr auf eine Antwort.
imports-no-column = { $file } hat keine Spalte { $column }; wähle eine aus dem Menü.
imports-same-column = Text und Label können nicht dieselbe Spalte sein; wähle eine andere oder kein Label.
imports-moved-on = Der Import von { $file } ist inzwischen weiter; sieh dir seine Nachricht noch einmal an.
imports-unknown = Es gibt keinen Import { $id }.
imports-no-rejects = Vom Import { $id } sind keine abgelehnten Zeilen aufbewahrt.

## Warum es nicht ging oder noch einmal versucht wird

imports-broke-off = Es wurde { $times ->
        [one] 1-mal
       *[other] { $times }-mal
    } versucht, und jedes Mal brach der Worker ab; sieh in sein Log.
imports-tried = { $why } Es wurde { $times ->
        [one] 1-mal
       *[other] { $times }-mal
    } versucht.
imports-not-kept = Die Datei konnte auf dem Server nicht abgelegt werden: { $why }.
# In der Datei der abgelehnten Zeilen, wo sie abgeschnitten ist.
imports-cut = Der Rest wurde weggelassen: Es sind zu viele.

## Wie die Datei geholt wird

fetch-slack-refuses = Slack gibt die Datei nicht heraus ({ $why }); zieh sie noch einmal in den Kanal.
fetch-slack-later = Slack konnte gerade nicht nach der Datei gefragt werden.
fetch-slack-scopes = Slack lässt die App die Datei nicht lesen; installiere sie neu mit den Berechtigungen aus manifest.yml (files:read).
fetch-slack-broken = Die Datei konnte nicht von Slack gelesen werden ({ $why }).
fetch-slack-address = Slack nennt für die Datei eine fremde Adresse, daher wurde sie nicht geholt; zieh die Datei selbst in den Kanal.
fetch-no-address = Das ist keine Webadresse; gib eine an, die mit https:// beginnt und zur Datei selbst führt.
fetch-log-in = In der Adresse steht ein Name oder Passwort; gib eine ohne an.
fetch-port = Port { $port } ist nicht für Dateien im Web; gib eine Adresse ohne ihn an.
fetch-later = { $host } kann die Datei gerade nicht geben (HTTP { $status }).
fetch-refused = { $host } gibt die Datei nicht (HTTP { $status }); prüfe die Adresse, und ob man sich dort anmelden muss.
fetch-kind = { $host } antwortet mit { $kind }, nicht mit einer CSV-, TSV- oder JSONL-Datei; gib die Adresse der Datei selbst an.
fetch-compressed = { $host } sendet die Datei gepackt, obwohl darum gebeten wurde, es nicht zu tun; gib die Adresse einer ungepackten an.
fetch-slow = Die Datei war nach { $minutes } Minuten noch nicht ganz da.
fetch-empty = Die Datei ist leer.
fetch-too-large = Die Datei hat mehr als die { $limit } MB, die hier angenommen werden (ROUNDTABLE_MAX_IMPORT_MB); teile sie, oder nimm `roundtable import` auf dem Server.
fetch-no-host = Der Name { $host } ist gerade nicht zu finden; prüfe, ob er richtig geschrieben ist.
fetch-not-public = { $host } ist nicht im öffentlichen Internet, daher wird nichts von dort geholt.
fetch-redirects = { $host } leitet mehr als { $times }-mal weiter; gib die Adresse der Datei selbst an.
fetch-certificate = { $host } hat kein gültiges Zertifikat, daher wird nichts von dort geholt.
fetch-broken = { $host } ist nicht zu erreichen oder bricht ab ({ $why }).
fetch-to-http = { $host } leitet von https auf http weiter, wo jeder die Datei ändern könnte; gib eine andere Adresse an.
fetch-no-kind = Es ist nicht zu erkennen, ob { $host } CSV, TSV oder JSONL gibt; gib eine Adresse an, die auf .csv, .tsv oder .jsonl endet.
