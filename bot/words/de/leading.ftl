### Was diejenigen sehen, die ein Projekt leiten: Protokoll, Dateien, frühere Modelle, warum ein Eintrag gefragt wurde, und Formulare der Startseite.

# Das Protokoll. { $who } ist eine Person, { $what } was sie getan hat („hat es angehalten“).
leads-log-none = *Protokoll von { $project }*: noch nichts.
leads-log-none-logged = *Protokoll von { $project }*{"\u000A"}Noch steht nichts darin.
leads-log-head = *Protokoll von { $project }*
leads-log-last = *Protokoll von { $project }*, { $entries ->
        [one] der letzte Vermerk
       *[other] die letzten { $entries } Vermerke
    }
leads-log-line = { $at }: { $who } { $what }.
leads-log-all = Alles: `/roundtable export log { $id }`.

# Modelle. { $version } ist ein Name wie m3-118, { $about } steht dahinter in Klammern.
leads-models-current = *{ $project }*: Das aktuelle Modell ist `{ $version }` ({ $about }).
leads-models-none = *{ $project }*: Es gibt noch kein Modell.
leads-models-earlier = Frühere: { $versions }
leads-models-no-earlier = Es gibt kein früheres, zu dem du zurückkannst.
leads-models-usage = `/roundtable rollback { $version } { $id }` macht dieses zum aktuellen, bis neue Labels das nächste trainieren.
leads-models-about = { $first ->
        [yes] aus den ersten Labels
       *[no] nach Runde { $round }
    }, { $labels ->
        [one] 1 Label
       *[other] { $labels } Labels
    }, { $at }

# Die Datei eines Exports. { $what } ist ein Wort, das man tippt: labels, votes, log.
leads-export-file = { $what ->
        [labels] Die Labels
        [votes] Die Antworten
       *[log] Das Protokoll
    } von { $project }: { $lines ->
        [one] 1 Zeile
       *[other] { $lines } Zeilen
    }. Nur du siehst diese Datei.

## Warum ein Eintrag gefragt wurde

leads-why-asked = Warum nach „{ $text }“ gefragt wurde. { $answers }
leads-why-answers = Antworten: { $answers }.
leads-why-no-answers = Antworten: keine.
leads-why-label = Label: { $label }.
leads-why-no-label = Kein Label.
leads-why-answered-by = Geantwortet hat schon: { $people }. Wie, steht hier, sobald die Runde abgeschlossen ist.
leads-why-answered-by-nobody = Noch hat niemand geantwortet. Die Antworten stehen hier, sobald die Runde abgeschlossen ist.

## Formulare

leads-measure-title = Messen
leads-measure-submit = Messen
leads-measure-nothing-left = Es ist kein Eintrag ohne Label mehr da, aus dem gezogen werden könnte.
leads-measure-labels = Wie viele Labels?
leads-measure-hint = 1 bis { $most }. Wie viele mehr die Zahlen genauer machen, steht in den Berichten.
leads-measure-intro = Die nächste Runde von *{ $project }* fragt nach zufällig gezogenen Einträgen: Mit allen wird gemessen, wie gut das Modell ist; gelernt wird aus keinem.

leads-export-title = Export
leads-export-submit = Exportieren
leads-export-what = Was
leads-export-labels = Labels: eines je Eintrag
leads-export-votes = Antworten: jede, mit Person und Zeit
leads-export-log = Protokoll: wer was getan hat
leads-export-intro = Die Datei von *{ $project }* kommt als Direktnachricht zu dir, als CSV. Niemand sonst sieht sie.

leads-models-title = Frühere Modelle
leads-models-submit = Zurückgehen
leads-models-model = Modell
leads-models-option = { $version }: Runde { $round }, { $labels } Labels
leads-models-then = Das gewählte Modell plant und bewertet von jetzt an, bis neue Labels das nächste trainieren.

leads-import-title = Einträge hinzufügen
leads-import-submit = Holen
leads-import-address = Webadresse einer CSV-, TSV- oder JSONL-Datei
leads-import-intro = Zieh eine Datei mit weiteren Einträgen für *{ $project }* in { $channel }, oder gib hier ihre Adresse an. Wie es läuft, steht dort.

leads-why-title = Warum gefragt?
leads-why-submit = Zeigen
leads-why-item = Welcher Eintrag
leads-why-hint = Seine ID oder ein Link zu seiner Nachricht: Link kopieren im Menü der Nachricht.
leads-why-nowhere = In den Projekten, die du siehst, wurde nach keinem Eintrag „{ $item }“ gefragt. Gib seine ID an oder einen Link zu seiner Nachricht.

leads-settings-title = Einstellungen
leads-report-round = Runde { $round }
leads-report-another = Eine andere Runde
leads-log-title = Protokoll
leads-report-title = Bericht
leads-people-title = Leute

## Was sich nicht exportieren lässt, oder wohin man nicht zurückkann

leads-export-unknown = Von „{ $what }“ gibt es keinen Export; möglich sind `export votes`, `export labels` und `export log`.
leads-export-which = Sag, wovon: `export votes`, `export labels` oder `export log`.
leads-rollback-busy = Aus Runde { $round } von { $project } wird gerade gelernt; versuch es in einer Minute noch einmal.
leads-rollback-current = { $version } ist schon das aktuelle Modell.
leads-rollback-which = Sag, zu welchem Modell; es gibt { $known }.
leads-rollback-unknown = Ein Modell „{ $version }“, zu dem du zurückkannst, gibt es nicht; es gibt { $known }.
leads-rollback-none = Ein Modell „{ $version }“, zu dem du zurückkannst, gibt es nicht; noch gibt es kein früheres.

## Einen Kanal finden

channel-not-asked = Slack konnte nicht nach dem Kanal { $channel } gefragt werden: { $why }
channel-not-seen = Der Bot sieht keinen Kanal { $channel }. Prüfe die Schreibweise; ein privater Kanal muss ihm erst mit /invite geöffnet werden.
