"""The figures for programs: releases, their tables, their steps, and the themes."""
