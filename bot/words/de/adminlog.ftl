### Das Protokoll: was getan wurde. Davor steht, von wem; Einstellungen heißen wie in ihrem Formular (settings.ftl).

act-create = hat das Projekt angelegt
act-config = hat die Einstellungen geändert
act-rights = hat geändert, wer leitet, labelt oder zuschaut
act-start = hat eine Runde begonnen
act-pause = hat es pausiert
act-resume = hat es fortgesetzt
act-close-round = hat eine Runde abgeschlossen
act-audit = hat eine Messung verlangt
act-rollback = ist zu einem früheren Modell zurückgegangen
act-export = hat exportiert
act-import = hat importiert
act-details = { $done }: { $details }
act-round = Runde { $round }
act-labels = { $labels ->
        [one] 1 Label
       *[other] { $labels } Labels
    } in Runde { $round }
act-added = { $file }: { $added } neu
act-moved = { $setting } ({ $before } → { $now })
