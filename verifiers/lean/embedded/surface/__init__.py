"""The surface: tokens, syntax trees and the layout-aware parser. Nothing here knows what a name means."""
