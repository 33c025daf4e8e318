### Das Formular, in dem ein Projekt angelegt und geändert wird: seine Felder, was an ihrem Inhalt nicht geht, und was am Ende gesagt wird.

setup-new = Neues Projekt
setup-change = Projekt ändern
setup-create = Anlegen
setup-where = In { $channel }. Kommende Runden folgen dem, was du hier änderst; Labels stehen sofort zur Wahl.
setup-labels-too-long = Die Labels und ihr Leitfaden sind länger, als in ein Formular von Slack passt.

## Felder. Beispiele (höchstens 150 Zeichen) stehen in einem leeren Feld.

setup-name-example = Markenschutz
setup-channel-hint = In einen öffentlichen Kanal komme ich von selbst; in einen privaten lade mich ein: /invite @Roundtable
setup-labels = Labels und Leitfaden
setup-labels-example =
    negativ: sagt etwas Schlechtes, z. B. „nach einem Tag kaputt“
    sonstige: alles andere
setup-labels-hint = Pro Zeile eins: das Label, ein Doppelpunkt, was es bedeutet, mit Beispiel. Eine Zeile, die mit einem Leerzeichen beginnt, setzt die darüber fort.
setup-positive-hint = Von ihr sprechen Präzision und Trefferquote. Leer: das erste Label.
setup-url = Einträge von einer Webadresse
setup-url-hint = Eine CSV-, TSV- oder JSONL-Datei. Oder lass es leer und leg die Datei danach in den Kanal.
setup-options = Optionen
setup-multi-label = Ein Eintrag kann mehrere Labels haben
setup-suggestions = Vor der Antwort den Vorschlag des Modells zeigen
setup-leads-hint = Sie ändern, pausieren und importieren. Niemand: Alle im Kanal dürfen das.
setup-annotators-hint = Niemand: alle im Kanal.
setup-observers-hint = Sie sehen, wie es steht, und antworten nicht.
setup-groups-beside = Außerdem: { $groups ->
        [one] 1 Nutzergruppe
       *[other] { $groups } Nutzergruppen
    }.
setup-audit = Davon nur zum Messen
setup-audit-hint = Eine Zufallsstichprobe für ehrliche Zahlen. Leer: ein Fünftel, höchstens 10.
setup-other-times = Zu anderen Zeiten: sag unten, wann
setup-cron = Andere Zeiten
setup-cron-hint = Im Cron-Format: Minute, Stunde, Tag, Monat, Wochentag. Nur wenn du andere Zeiten gewählt hast.
setup-deadline = Eine Runde abschließen nach … Stunden
setup-deadline-hint = Auch wenn Einträge übrig sind. Leer: Sie bleibt offen, bis alle beantwortet sind.
setup-items-in = Wo sollen die Einträge erscheinen?
setup-reactions-example =
    :+1: sonstige
    :-1: negativ
setup-reactions-hint = Pro Zeile eins: das Emoji, dann sein Label. Eine Reaktion damit zählt als Antwort; nimmst du sie weg, ist auch die Antwort zurückgenommen. Alle sehen sie sofort.
setup-reask = Noch einmal vorgelegte Einträge pro Runde, höchstens
setup-reask-hint = Zusätzlich zu den Einträgen der Runde: Wo Antworten auseinandergehen oder ein Label zweifelhaft ist, wird jemand Neues gefragt.
setup-gold = Bekannte Antworten, in jede Runde eingestreut
setup-gold-hint = Ebenfalls zusätzlich, und ohne Ankündigung: Sie zeigen der Leitung, wie oft jemand richtig liegt.
setup-max-rounds-hint = Leer: so viele wie nötig.
setup-planned-hint = Berichte sagen, wie viele davon verbraucht sind.
setup-target-f1 = Bestes F1: Präzision und Trefferquote gleich wichtig
setup-target-precision = Präzision von mindestens … %
setup-target-recall = Trefferquote von mindestens … %
setup-target-cost = Ein übersehener Fall wiegt … Fehlalarme auf
setup-target-value = Wie viel
setup-target-value-hint = Prozent der Präzision oder Trefferquote, oder Fehlalarme. Leer für bestes F1.
setup-seed-example =
    Rückgabe
    nie wieder
setup-seed-hint = Pro Zeile eins. Solange es kein Modell gibt, kommen Einträge damit zuerst. /…/ ist ein regulärer Ausdruck.
setup-tells = Private Nachrichten
setup-lead-notes = Der Leitung nach jeder Runde sagen, wie alle zurechtkommen
setup-reminders = An eine offene Runde erinnern, höchstens einmal am Tag

## Was nicht geht, unter einem Feld (höchstens 250 Zeichen)

setup-no-number = „{ $given }“ ist keine Zahl; schreib eine wie 5.
setup-no-whole-number = „{ $given }“ ist keine ganze Zahl; schreib eine wie 5.
setup-from-to = Schreib eine ganze Zahl von { $least } bis { $most }.
setup-choose = Wähle eins davon.
setup-emoji-alone = „{ $given }“ nennt kein Label; schreib das Emoji, ein Leerzeichen und sein Label.
setup-emoji-twice = Das Emoji { $emoji } steht zweimal da; jede Zeile braucht ihr eigenes.
setup-audit-most = Eine Runde hat { $batch ->
        [one] 1 Eintrag
       *[other] { $batch } Einträge
    }, also können höchstens { $batch } nur messen.
setup-say-precision = Sag, wie viel Präzision du willst, in Prozent: mehr als 0 und weniger als 100, z. B. 90.
setup-say-recall = Sag, wie viel Trefferquote du willst, in Prozent: mehr als 0 und weniger als 100, z. B. 90.
setup-say-cost = Sag, wie viele Fehlalarme ein übersehener Fall aufwiegt, z. B. 5.
setup-say-target = Wähle, worauf das Modell abgestimmt wird.
setup-say-when = Sag, wann, in fünf Feldern: Minute, Stunde, Tag, Monat, Wochentag, z. B. 30 8 * * 2,4.
setup-say-hours = Schreib eine Zahl von Stunden von { $least } bis { $most }, oder lass es leer.
setup-say-channel = Wähle den Kanal, in dem gelabelt wird.
setup-invite = Ich sehe diesen Kanal nicht. Lade mich zuerst dorthin ein: /invite @Roundtable
setup-ask-again = Slack gibt über diesen Kanal gerade keine Auskunft; bitte versuch es noch einmal.
setup-refused = Slack lehnt diesen Kanal ab: { $why }
setup-archived = Dieser Kanal ist archiviert; wähle einen anderen.
setup-not-joined = Ich konnte diesem Kanal nicht beitreten. Lade mich dorthin ein: /invite @Roundtable
setup-label-used = „{ $label }“ wurde schon benutzt und lässt sich weder entfernen noch umbenennen; schreib es wieder hin. Neue Labels kannst du hinzufügen.
setup-meanwhile = Jemand anders hat das inzwischen geändert. Öffne das Formular neu, um es zu sehen.
setup-meanwhile-to = Jemand anders hat das inzwischen geändert, in: { $now }. Öffne das Formular neu, um es zu sehen.

## Was sonst gesagt wird

setup-not-opened = Das Formular ließ sich nicht rechtzeitig öffnen. Bitte versuch es noch einmal.
setup-lost = Dieses Formular stammt aus einer früheren Version. Bitte öffne es neu.
setup-done = *{ $project }* ist in { $channel } eingerichtet.
setup-done-fetching = Ich hole die Einträge; wie es läuft, schreibe ich in { $channel }.
setup-done-next = Leg jetzt eine CSV-, TSV- oder JSONL-Datei mit den Texten in { $channel }. Die erste Runde beginnt, wenn sie da sind.
setup-unchanged = Nichts wurde geändert.
setup-changed = *{ $project }* ist geändert: { $settings }.
setup-changed-overlap = Die Zahl der Antworten je Eintrag gilt ab der nächsten Runde.

## Die erste Nachricht im Kanal eines Projekts

setup-welcome = *{ $project }* ist in diesem Kanal eingerichtet. Labels: { $labels }.
setup-welcome-more = { $labels } und { $more } weitere
setup-welcome-leads = Geleitet von { $leads }.
setup-welcome-items = { $items ->
        [one] 1 Eintrag
       *[other] { $items } Einträge
    } im Bestand; die Runden erscheinen in diesem Kanal.
setup-welcome-next = Als Nächstes: Wer das Projekt leitet, legt eine CSV-, TSV- oder JSONL-Datei mit den Texten in diesen Kanal oder gibt ihre Adresse an: `/roundtable import https://…`. Die erste Runde beginnt, wenn sie da sind.

## Alle Einstellungen in Worten: /roundtable config show

setup-settings-of = *{ $project }*: die Einstellungen
setup-settings-change = Ändern lassen sie sich mit `/roundtable config` oder mit *Ändern* auf der Startseite.
