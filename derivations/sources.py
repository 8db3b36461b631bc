"""The bibliography: what the key of a ``Source`` stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of the bibliography."""

    authors: str
    year: int
    title: str
    published: str


REFERENCES: Mapping[str, Reference] = MappingProxyType(
    {
        "bishop2006": Reference("Christopher M. Bishop", 2006, "Pattern Recognition and Machine Learning", "Springer"),
        "dhariwal2021": Reference(
            "Prafulla Dhariwal and Alex Nichol",
            2021,
            "Diffusion Models Beat GANs on Image Synthesis",
            "arXiv:2105.05233",
        ),
        "ho2020": Reference(
            "Jonathan Ho, Ajay Jain and Pieter Abbeel",
            2020,
            "Denoising Diffusion Probabilistic Models",
            "arXiv:2006.11239",
        ),
        "ho2022": Reference(
            "Jonathan Ho and Tim Salimans",
            2022,
            "Classifier-Free Diffusion Guidance",
            "arXiv:2207.12598",
        ),
        "kendall2017": Reference(
            "Alex Kendall and Yarin Gal",
            2017,
            "What Uncertainties Do We Need in Bayesian Deep Learning for Computer Vision?",
            "arXiv:1703.04977",
        ),
        "kingma2013": Reference(
            "Diederik P. Kingma and Max Welling", 2013, "Auto-Encoding Variational Bayes", "arXiv:1312.6114"
        ),
        "kingma2021": Reference(
            "Diederik P. Kingma, Tim Salimans, Ben Poole and Jonathan Ho",
            2021,
            "Variational Diffusion Models",
            "arXiv:2107.00630",
        ),
        "murphy2022": Reference(
            "Kevin P. Murphy", 2022, "Probabilistic Machine Learning: An Introduction", "MIT Press"
        ),
        "salimans2022": Reference(
            "Tim Salimans and Jonathan Ho",
            2022,
            "Progressive Distillation for Fast Sampling of Diffusion Models",
            "arXiv:2202.00512",
        ),
        "song2020": Reference(
            "Jiaming Song, Chenlin Meng and Stefano Ermon",
            2020,
            "Denoising Diffusion Implicit Models",
            "arXiv:2010.02502",
        ),
        "song2021": Reference(
            "Yang Song, Jascha Sohl-Dickstein, Diederik P. Kingma, Abhishek Kumar, Stefano Ermon and Ben Poole",
            2021,
            "Score-Based Generative Modeling through Stochastic Differential Equations",
            "arXiv:2011.13456",
        ),
        "tibshirani1996": Reference(
            "Robert Tibshirani", 1996, "Regression Shrinkage and Selection via the Lasso", "J. R. Stat. Soc. B 58(1)"
        ),
    }
)
