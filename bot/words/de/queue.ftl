### Die Warteschlange: das Fenster, das einen Eintrag nach dem anderen zeigt, und ihr Teil der App-Startseite.

queue-next = Weiter
queue-back = Zurück
queue-why = Warum?
queue-finish = Fertig
queue-look-again = Noch einmal nachsehen
queue-label-next = Weiter labeln
queue-label-next-of = Weiter labeln: { $project }
queue-change = Ändern
queue-change-of = Ändern: { $text }

queue-own = deine Antwort: { $label }
queue-progress = du hast { $own } beantwortet · insgesamt { $answered } von { $total } erledigt
queue-last = letzte Antwort: { $label }
queue-slow = Gerade labeln viele. Wenn der nächste Eintrag auf sich warten lässt, drücke „Weiter“.
queue-choose = Wähle ein Label, „{ button-unsure }“ oder „{ button-skip }“.
queue-kept = Der letzte Eintrag hatte inzwischen sein Label von anderen; deine Antwort bleibt trotzdem erhalten.
queue-taken = Der letzte Eintrag hatte inzwischen sein Label von anderen.
queue-vote-late = Die Runde ist inzwischen abgeschlossen; darum zählt deine letzte Antwort nicht.
queue-vote-unknown = Nach dem Eintrag wird nicht mehr gefragt; darum zählt deine letzte Antwort nicht.
queue-no-back = Die Runde ist inzwischen abgeschlossen: Ihre Antworten lassen sich hier nicht mehr ändern.
queue-no-next = Der nächste Eintrag ist gerade nicht zu haben; bitte versuch es noch einmal.
queue-join = Du bist nicht im Kanal dieses Projekts. Tritt ihm bei und drücke dann noch einmal „{ queue-label-next }“.

# Nichts mehr zu zeigen.
queue-done = Du hast { $own ->
        [one] 1 Eintrag
       *[other] { $own } Einträge
    } beantwortet; insgesamt sind { $answered } von { $total } erledigt.
queue-nearly = *Fast geschafft.* { $busy ->
        [one] Der letzte Eintrag ist
       *[other] Die letzten { $busy } Einträge sind
    } gerade bei anderen.
queue-all = *Das war alles für dich in dieser Runde. Danke!*
queue-paused = { $project } macht Pause; im Moment gibt es nichts zu labeln.
queue-not-begun = Die erste Runde hat noch nicht begonnen.
queue-complete = *Runde { $round } ist vollständig. Danke!* { $prepared ->
        [yes] Die nächste wird vorbereitet.
       *[no] Das Modell lernt aus den Antworten.
    }

# Eine Antwort wurde von der Startseite aus geändert.
queue-changed = Deine Antwort ist jetzt *{ $label }*.
queue-taken-back = Zu diesem Eintrag gibt es jetzt keine Antwort von dir.

## App-Startseite

queue-last-answers = *Deine letzten Antworten*
queue-today = Beantwortet: { $today } heute, { $own } in dieser Runde.
queue-over = *{ $project }*: Runde { $round } ist vorbei. Heute hast du { $today } beantwortet.
queue-others-at-last = *{ $project }*, Runde { $round }: Die letzten Einträge sind gerade bei anderen.
queue-nothing-left = *{ $project }*, Runde { $round }: Für dich ist in dieser Runde nichts mehr übrig.
queue-for-you = *{ $project }*, Runde { $round }: { $left ->
        [one] 1 Eintrag
       *[other] { $left } Einträge
    } für dich.
queue-vote = { $label }: „{ $text }“
queue-vote-closed = { $label }: „{ $text }“ (Runde { $round }, abgeschlossen)
