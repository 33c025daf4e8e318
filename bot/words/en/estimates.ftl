### What stands beside the three figures: how many audit labels would narrow them, and each class's own.

# What it would take is a phrase: "about 120 more audit labels on recall, for ±10 points".
estimates-wanted = about { $more ->
        [one] 1 more audit label
       *[other] { $more } more audit labels
    } on { $figure ->
        [recall] recall
       *[precision] precision
    }
estimates-wanted-over = over { $most } more audit labels on { $figure ->
        [recall] recall
       *[precision] precision
    }
estimates-narrowing = It would take { $wanted }, for ±10 points.
estimates-narrowing-both = It would take { $first } and { $second }, for ±10 points.

# Heads of columns in fixed width: the first at most 16 characters, as the means; the others 18.
estimates-class = Class
estimates-label = Label
estimates-threshold = Threshold
estimates-mean-classes = mean of classes
estimates-mean-labels = mean of labels

# For those who hear the message. The list: "praise 50% (30% to 70%), other not known yet".
estimates-classes = F1 by class: { $list }.
estimates-classes-mean = F1 by class: { $list }; their mean { $mean }.
estimates-labels = F1 by label: { $list }.
estimates-labels-mean = F1 by label: { $list }; their mean { $mean }.
estimates-unknown = not known yet
