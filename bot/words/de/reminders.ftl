### Die Erinnerung, privat; und die Knöpfe, um in Ruhe gelassen zu werden.

remind-waiting = { $items ->
        [one] 1 Eintrag
       *[other] { $items } Einträge
    } von *{ $project }* (Runde { $round }): Deine Antwort würde helfen.
remind-waiting-until = { $items ->
        [one] 1 Eintrag
       *[other] { $items } Einträge
    } von *{ $project }* (Runde { $round }, offen bis { $until }): Deine Antwort würde helfen.
remind-not-today = Heute nicht
remind-never = Nie
remind-again = Wieder erinnern
remind-seldom = Höchstens eine am Tag, und nur in deiner Arbeitszeit.
remind-spoken = { $waiting } Knöpfe: { queue-label-next }, { remind-not-today }, { remind-never }.
remind-rest = In Ordnung, heute nicht.
remind-ended = Du bekommst keine Erinnerungen mehr. Auf der Startseite dieser App kannst du sie wieder einschalten.
remind-off = Du möchtest keine Erinnerungen.
