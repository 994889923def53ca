"""The manifests of many repositories: gathered, judged, shown, compared, and held to rules over all of them."""
