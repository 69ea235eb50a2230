"""The network for programs: releases and their steps, themes, and stories."""
