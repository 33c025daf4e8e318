### Notes on an item that is asked: what came instead of the strategy's own items, or why it is asked again. In brackets, in "Why am I asked?"

remark-no-model-keywords = no model yet, so items with a keyword first, then the strategy { $strategy }
remark-no-model-typical = no model yet, so typical items first, then the strategy { $strategy }
remark-no-training-labels = no labels to learn from at hand: items that the model is least sure about instead of those of { $strategy }
remark-not-two-classes = { $strategy } takes two labels and answers to learn from: items that the model is least sure about instead
remark-more-of-a-cluster = more than { $cap } of a kind, as there were only { $items ->
        [one] 1 item
       *[other] { $items } items
    } without

again-doubt = { $differ ->
        [yes] asked again: people differ ({ $votes })
       *[no] asked again: its label is { $sure } sure ({ $votes })
    }
again-otherwise = people said otherwise than the known answer
again-known-import = known answer mixed in (import)
again-known-override = known answer mixed in (override)

## Keywords that a project begins with

keyword-length = The keyword '{ $keyword }' is empty or longer than { $most } characters.
# $fault: in English, by the library that reads it.
keyword-expression = { $keyword } is no regular expression: { $fault }.
